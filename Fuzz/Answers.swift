import Foundation

/// Whatever the API may answer: predictions, models, pages, errors, schemas and what is made of them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let data = Data(bytes: bytes, count: count)
    guard let value = try? JSONValue(parsing: data) else { return 0 }
    if let prediction = Prediction(json: value) {
        _ = (prediction.isFinished, prediction.outputURLs, prediction.outputText, prediction.predictTime)
        _ = prediction.logs.flatMap(LogProgress.init(logs:))
        precondition(prediction.raw == value)
    }
    _ = Model(json: value)
    _ = Page(json: value, element: Prediction.init(json:))
    let error = APIError(status: 422, body: value, request: "POST /predictions", retryAfter: nil)
    _ = (error.description, error.isDefiniteRefusal, error.advice)
    let schema = InputSchema(openAPI: value)
    _ = schema.issues(in: value.object ?? [:])
    for field in schema.fields { _ = field.value(typed: field.name) }
    let urls = ["https://example.org/a.png", "https://example.org/b.png"]
    if let images = schema.images { _ = images.urls(in: images.inputs(for: urls)) }
    return 0
}
