import Foundation

/// `.env` files: reading ends, and a name is a name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    for key in DotEnv.parse(text).keys { precondition(!key.isEmpty && !key.contains("=")) }
    return 0
}
