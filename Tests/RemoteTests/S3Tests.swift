import FilePaths
import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankRemote

@Suite("The protocol of S3") struct S3Tests {
  private static let credentials = S3Credentials(
    accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

  // The examples are from "Authenticating Requests: Using the Authorization Header" in the S3 API
  // reference.
  @Test("signatures are those of the examples in Amazon's documentation")
  func signatures() throws {
    let signer = S3Signer(credentials: try #require(Self.credentials), region: "us-east-1")
    let time = try #require(Timestamp(rfc3339: "2013-05-24T00:00:00Z"))
    func signature(
      _ method: String, _ path: String, _ query: [(String, String)] = [], _ body: String = "",
      _ extra: [(name: String, value: String)] = []
    ) -> String? {
      signer.headers(
        method: method, host: "examplebucket.s3.amazonaws.com", path: path, query: query,
        payload: Digest(of: body.utf8), extra: extra, at: time
      ).last?.value.components(separatedBy: "Signature=").last
    }
    #expect(
      signature("GET", "/test.txt", [], "", [(name: "Range", value: "bytes=0-9")])
        == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    #expect(
      signature("GET", "/", [("max-keys", "2"), ("prefix", "J")])
        == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
    #expect(
      signature(
        "PUT", "/test%24file.text", [], "Welcome to Amazon S3.",
        [
          (name: "Date", value: "Fri, 24 May 2013 00:00:00 GMT"),
          (name: "x-amz-storage-class", value: "REDUCED_REDUNDANCY"),
        ]) == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
  }

  // RFC 4231, test cases 2 and 6.
  @Test("HMAC-SHA-256 is that of the RFC, also with a key longer than a block")
  func code() {
    #expect(
      Hex.string(S3Signer.code(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let message = "Test Using Larger Than Block-Size Key - Hash Key First"
    #expect(
      Hex.string(S3Signer.code(Array(message.utf8), key: [UInt8](repeating: 0xAA, count: 131)))
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }

  @Test("a listing is read with its entities, and another document is refused")
  func listing() {
    let xml = """
      <?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
      <IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b</NextContinuationToken>
      <Contents><Key>p/heads/a</Key><ETag>&quot;x&quot;</ETag><Size>12</Size></Contents>
      <Contents><Key>q/heads/a</Key><Size>1</Size></Contents></ListBucketResult>
      """
    let listing = S3Listing(Array(xml.utf8), prefix: "p/")
    #expect(listing?.objects == [StoredObject(key: "heads/a", size: 12, version: "\"x\"")])
    #expect(listing?.continuation == "a&b")
    #expect(S3Listing(Array("<html>".utf8), prefix: "") == nil)
    let broken = "<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>"
    #expect(S3Listing(Array(broken.utf8), prefix: "") == nil)
    #expect(S3Listing.errorCode(Array("<Code>Slow\u{1B}[2J</Code>".utf8)) == "unknown")
  }

  @Test("keys of other programs that begin or end with joining characters are read as they are")
  func joiningCharacters() {
    let keys = ["heads/a\u{600}", "heads/\u{110BD}", "\u{301}heads/a", "&\u{301}", "b\u{600}&"]
    let texts = keys.prefix(3) + ["&amp;\u{301}", "b\u{600}&amp;"]
    let contents = texts.map { "<Contents><Key>p/\($0)</Key><Size>1</Size></Contents>" }
    let xml = "<ListBucketResult>\(contents.joined())</ListBucketResult>"
    let listing = S3Listing(Array(xml.utf8), prefix: "p/")
    #expect(listing?.objects.map(\.key) == keys)
    #expect(keys.allSatisfy { RemoteLayout.library(ofHead: $0) == nil })
    let library = String(repeating: "a", count: 32)
    #expect(RemoteLayout.library(ofHead: "heads/\u{301}" + library) == nil)
    #expect(RemoteLayout.library(ofHead: RemoteLayout.head(of: library)) == library)
  }

  @Test(
    "a listing that repeats a token or its keys is refused",
    arguments: EndlessListing.Fault.allCases)
  func endlessListing(_ fault: EndlessListing.Fault) async throws {
    let service = try await EndlessListing(fault)
    let store = try StoreFixture.store("s3://bucket/p?endpoint=\(service.url)&style=path")
    await #expect(throws: RemoteError.badReply) { try await store.objects(in: "heads/") }
    await store.close()
  }

  @Test("a listing may have pages without objects, but not without end")
  func emptyPages() {
    func page(_ number: Int, _ objects: String = "") -> S3Listing? {
      let xml = """
        <ListBucketResult><IsTruncated>true</IsTruncated>
        <NextContinuationToken>\(number)</NextContinuationToken>\(objects)</ListBucketResult>
        """
      return S3Listing(Array(xml.utf8), prefix: "")
    }
    let limit = ListingProgress.emptyPageLimit
    var progress = ListingProgress()
    func goesOn(_ pages: some Sequence<Int>, _ objects: String = "") -> Bool {
      pages.allSatisfy { number in
        page(number, objects).map { progress.goesOn(with: $0) } ?? false
      }
    }
    let someEmpty = goesOn(0..<limit - 1)
    let full = goesOn([limit], "<Contents><Key>a</Key><Size>1</Size></Contents>")
    let moreEmpty = goesOn(limit + 1..<2 * limit)
    let tooMany = goesOn([2 * limit])
    #expect(someEmpty && full && moreEmpty && !tooMany)
  }

  @Test("credentials come from variables, then from the profile's files, and are never shown")
  func credentials() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "credentials",
      Array(
        "[default]\naws_access_key_id = A\naws_secret_access_key=B\n[x]\naws_access_key_id=C\naws_secret_access_key = D\naws_session_token = E\n"
          .utf8))
    let config = try folder.file("config", Array("[profile x]\nregion = eu-west-3\n".utf8))
    let files = ["AWS_SHARED_CREDENTIALS_FILE": file.text, "AWS_CONFIG_FILE": config.text]
    let plain = try S3Environment(variables: files, home: "/")
    #expect(plain.credentials.accessKey == "A" && plain.credentials.secretKey == "B")
    let profile = try S3Environment(
      variables: files.merging(["AWS_PROFILE": "x"]) { $1 }, home: "/")
    #expect(profile.credentials.sessionToken == "E" && profile.region == "eu-west-3")
    let direct = try S3Environment(
      variables: files.merging(
        ["AWS_ACCESS_KEY_ID": "F", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "r"]) { $1 },
      home: "/")
    #expect(direct.credentials.accessKey == "F" && direct.region == "r")
    #expect(!"\(direct) \(direct.credentials)".contains("secret"))
    var dumped = ""
    dump(direct, to: &dumped)
    #expect(!dumped.contains("secret"))
    #expect(throws: RemoteError.noCredentials(profile: "default")) {
      try S3Environment(variables: [:], home: folder.path)
    }
  }

  private static func location(_ text: String) throws -> S3Location {
    switch try RemoteAddress(text) {
    case .s3(let location): return location
    case .folder, .rclone: throw CancellationError()
    }
  }

  @Test("addresses are read, and missing parts get their defaults")
  func addresses() throws {
    let aws = try Self.location("s3://replica/team/a?region=eu-central-1")
    #expect(aws.bucket == "replica" && aws.prefix == "team/a" && !aws.usesPath)
    let other = try Self.location("s3://replica?endpoint=s3.example.com/")
    #expect(other.endpoint == "https://s3.example.com" && other.usesPath && other.prefix.isEmpty)
    #expect(try RemoteAddress("file:///media/nas/") == .folder("/media/nas"))
    #expect(try RemoteAddress("file:///media/My%20Disk%2f") == .folder("/media/My Disk"))
    #expect(try RemoteAddress("file:///media/100%/%zz%00") == .folder("/media/100%/%zz%00"))
    #expect(try RemoteAddress("rclone:nas:a b/c/") == .rclone("nas:a b/c"))
    #expect(try RemoteAddress("rclone:nas:a,b=c") == .rclone("nas:a,b=c"))
    #expect(RemoteAddress.shown("/media/nas") == "/media/nas")
    #expect(RemoteAddress.shown("s3://replica?key=1") == "s3://replica…")
  }

  @Test(
    "unusable addresses are refused with the reason, and the error contains no key or password",
    arguments: [
      ("/media/nas", RemoteError.AddressFault.scheme), ("file://relative", .relativePath),
      ("rclone:x", .rcloneRemote), ("rclone:-x:y", .rcloneRemote), ("s3://a", .bucket),
      ("rclone:-\u{301}x:y", .rcloneRemote),
      ("s3://Replica/x", .bucket), ("s3://replica/../x", .bucket),
      ("s3://replica?key=1", .parameter),
      ("s3://replica?endpoint=http://s3.example.com", .endpoint),
      ("s3://replica?endpoint=https://u:password@s3.example.com", .endpoint),
      ("s3://AKIA:pass/wo?rd/password@replica/x", .bucket), ("s3://AKIA:password/x", .bucket),
      ("https://u:password@host/x", .scheme), ("sftp://u:password", .scheme),
      ("rclone:nas,pass=password:/x", .rcloneOptions), ("rclone:nas,pass=password", .rcloneRemote),
    ])
  func badAddresses(_ text: String, _ reason: RemoteError.AddressFault) {
    let error = #expect(throws: RemoteError.self) { try RemoteAddress(text) }
    guard case .badAddress(let shown, let found)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found == reason && !shown.contains("pass") && !shown.contains("rd"), "\(shown)")
  }
}
