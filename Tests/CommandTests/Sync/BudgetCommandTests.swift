import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import Testing

@testable import seedbank

@Suite("A budget on the command line")
struct BudgetCommandTests {
  @Test("applies to eight processes together and to one that was killed after it reserved")
  func processes() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_BUDGET_IMAGES_PER_DAY"] = "9"
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        """
        # The first one is killed before others can use up the budget.
        SEEDBANK_STOP_AT=submitMarked "$SEEDBANK" generate "killed 1" --count 3; echo $?
        for n in 2 3; do
          SEEDBANK_STOP_AT=submitMarked "$SEEDBANK" generate "killed $n" --count 3 & pids="$pids $!"
        done
        for n in 4 5 6 7 8 9; do "$SEEDBANK" generate "cat $n" --count 3 & pids="$pids $!"; done
        for pid in $pids; do wait "$pid"; echo $?; done
        """)
      #expect(outcome.lines.contains("137"), "\(outcome)")
      // The outcome of the killed requests is unknown, and they still count.
      let sync = try await bench.run("sync")
      #expect(sync.talk.contains("budget.images_per_day"), "\(sync)")
      let charges = await bench.gateway.ledger.charges.count
      let library = try bench.openLibrary()
      let start = Timestamp(milliseconds: 0)
      let reserved = try library.spending(today: start, month: start, currency: "").images
      #expect(charges <= reserved && reserved == 9, "\(charges) \(reserved)")
    }
  }

  @Test("that is reached is named with its setting, and the requests stay queued")
  func refused() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_BUDGET_IMAGES_PER_DAY"] = "2"
      let outcome = try await bench.run("generate", "cat", "--count", "4", "--jobs", "1")
      #expect(outcome.status == 75 && outcome.talk.contains("budget.images_per_day"), "\(outcome)")
      #expect(try await bench.succeed("search", "status:queued", "--count").output == "2\n")
      bench.harness.environment["SEEDBANK_BUDGET_IMAGES_PER_DAY"] = "3"
      #expect(try await bench.run("sync").status == 75)
      #expect(await bench.gateway.ledger.charges.count == 3)
    }
  }

  @Test("of a month uses the prices of the config file")
  func ownPrices() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("config", "set", "prices.pixazo.default", "0.03")
      try await bench.succeed("config", "set", "budget.cost_per_month", "0.06")
      let limited = try await bench.run("generate", "cat", "--count", "3", "--jobs", "1")
      #expect(
        limited.status == 75 && limited.talk.contains("budget.cost_per_month"), "\(limited)")
      #expect(await bench.gateway.ledger.charges.count == 2)
      let record = try await bench.succeed("show", "1", "--format", "json").output
      #expect(
        record.contains(
          #""cost":{"amount":0.03,"currency":"USD","estimated":true,"price_table":"2026-09+own"}"#),
        "\(record)")
      #expect(try await bench.succeed("config", "get", "prices.pixazo.default").output == "0.03\n")
      for (key, value) in [("prices.pixazo.default", "cheap"), ("prices.nosuch.default", "1")] {
        #expect(try await bench.run("config", "set", key, value).status == 64)
      }
      try await bench.succeed("config", "unset", "prices.pixazo.default")
      // A limit on the cost is set, and the price has been removed.
      #expect(try await bench.run("generate", "dog").status == 78)
    }
  }

  @Test("of a month counts a price without a currency together with the prices in USD")
  func priceWithoutCurrency() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("config", "set", "prices.pixazo.default", "0.03")
      try await bench.succeed("generate", "cat")
      try await bench.succeed("config", "unset", "prices.pixazo.default")
      try await bench.succeed("config", "set", "confirm.price", "0.03")
      try await bench.succeed("config", "set", "budget.cost_per_month", "0.05")
      let limited = try await bench.run("generate", "dog")
      #expect(
        limited.status == 75 && limited.talk.contains("budget.cost_per_month"), "\(limited)")
      #expect(await bench.gateway.ledger.charges.count == 1)
      try await bench.succeed("config", "set", "budget.cost_per_month", "0.06")
      try await bench.succeed("sync")
      let stats = try await bench.succeed("stats", "--format", "json").output
      #expect(stats.contains(#""cost":{"USD":0.06}"#), "\(stats)")
    }
  }

  @Test("of one command is its --max-cost, and needs a price")
  func maxCost() async throws {
    try await SyncHarness.with { bench in
      let unknown = try await bench.run("generate", "cat", "--max-cost", "1")
      #expect(unknown.status == 78 && unknown.talk.contains("confirm.price"), "\(unknown)")
      bench.harness.environment["SEEDBANK_CONFIRM_PRICE"] = "0.03 USD"
      let limited = try await bench.run("generate", "dog", "--count", "3", "--max-cost", "0.06")
      #expect(limited.status == 75 && limited.talk.contains("--max-cost"), "\(limited)")
      #expect(await bench.gateway.ledger.charges.count == 2)
      bench.harness.environment["SEEDBANK_BUDGET_COST_PER_MONTH"] = "0.1"
      let month = try await bench.run("sync")
      #expect(month.status == 75 && month.talk.contains("budget.cost_per_month"), "\(month)")
      #expect(await bench.gateway.ledger.charges.count == 3)
      let stats = try await bench.succeed("stats", "--format", "json").output
      #expect(stats.contains(#""cost":{"USD":0.09}"#), "\(stats)")
      #expect(try await bench.run("generate", "cat", "--max-cost", "much").status == 64)
    }
  }
}
