import Foundation

/// JSON of any shape: parsing ends, agrees with its own output, and rows are read as the whole would be.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let data = Data(bytes: bytes, count: count)
    let page = PredictionRow.page(data)
    guard let value = try? JSONValue(parsing: data) else { return 0 }
    let written = value.serialized()
    guard let again = try? JSONValue(parsing: written) else { fatalError("its own output cannot be read") }
    precondition(again.serialized() == written, "the same value has other bytes")
    _ = value.text(pretty: true)
    _ = value.strings
    if let rows = page?.results, let results = value["results"]?.array {
        precondition(rows.count <= results.count, "more rows than there are")
        for row in rows {
            guard let prediction = row.prediction else { continue }
            precondition(prediction.id == row.id, "a row is another one's")
        }
    }
    return 0
}
