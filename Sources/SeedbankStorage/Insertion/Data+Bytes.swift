import FoundationEssentials
import SeedbankModel

// GRDB stores blobs as Data; everywhere else bytes are [UInt8].

extension [UInt8] {
  var data: Data { Data(self) }
}

extension UID {
  var data: Data { Data(bytes) }
}
