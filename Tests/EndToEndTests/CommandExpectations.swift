import TestSupport
import Testing

/// Expects a command to end with this status; what it has said stands in the failure.
func expect(
    _ command: RunningCommand,
    endsWith status: Int32,
    sourceLocation: SourceLocation = #_sourceLocation
) async {
    let ended = await command.status
    #expect(
        ended == status,
        "\(command.reported)\n\(command.written.prefix(2_000))",
        sourceLocation: sourceLocation
    )
}
