@testable import Commands

/// What a console writes on its standard output and standard error while `body` runs.
///
/// - Parameter input: a descriptor; -1: there is none.
func captured(
    output: CapturedStream.Kind = .pipe,
    messages: CapturedStream.Kind = .pipe,
    input: Int32 = -1,
    isQuiet: Bool = false,
    onLostResult: @escaping @Sendable () -> Void = {},
    _ body: (Console) throws -> Void
) async throws -> (output: String, messages: String) {
    let (results, words) = (try CapturedStream(output), try CapturedStream(messages))
    let console = Console(
        input: input,
        output: results.descriptor,
        messages: words.descriptor,
        isQuiet: isQuiet,
        onLostResult: onLostResult
    )
    try body(console)
    return (await results.close(), await words.close())
}
