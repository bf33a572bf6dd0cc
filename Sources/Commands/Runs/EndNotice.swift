import Foundation
import Glibc
import History
import Predictions
import ReplicateAPI
import ReplicateClient
import Service

/// Tells a program and an address that a command's runs have ended.
///
/// The body of both is one JSON object: `event` (`run.ended` or `batch.ended`), `exit_status`, and the result as the
/// command prints it. A notice that fails is a message, and changes nothing of how the command ends.
struct EndNotice {
    let options: NoticeOptions
    let composition: Composition

    var isWanted: Bool { options.command != nil || options.webhook != nil }

    /// - Parameters:
    ///   - body: JSON, on one line.
    ///   - facts: for the command's environment, as `DARKROOM_NAME`.
    func send(_ body: String, facts: [String: String]) async {
        if let webhook = options.webhook { await post(body, to: webhook) }
        if let command = options.command { run(command, body, facts) }
    }

    // MARK: The address

    /// Tried three times within half a minute: the command is not to hang on its reader.
    private func post(_ body: String, to address: String) async {
        let console = composition.context.console
        let secret: WebhookSecret
        let settings = composition.settings
        do {
            secret = try settings.service.callbacks.secret ?? SecretFile.secret(at: settings.paths.webhookSecret)
        } catch {
            return console.fail("The webhook was not sent: \(error)")
        }
        let data = Data(body.utf8)
        let id = "msg_\(UUID().uuidString.lowercased())"
        var failure = ""
        for pause in [0, 5, 20] {
            if pause > 0 { try? await Task.sleep(for: .seconds(pause)) }
            let signature = WebhookSignature(id: id, body: data, at: Date(), secret: secret)
            var request = HTTPRequest(
                method: "POST",
                url: address,
                headers: [("User-Agent", "darkroom-callbacks/1")]
                    + signature.headers.sorted { $0.key < $1.key }.map { ($0, $1) },
                body: .bytes(data, contentType: "application/json"),
                timeout: .seconds(20),
                bodyLimit: 65_536
            )
            // Who gives the address runs the command: there is nobody to be kept out.
            request.mayConnect = { _ in true }
            do {
                let transport = composition.context.transport ?? CurlTransport(trust: composition.settings.trust)
                let status = try await transport.send(request).status
                if (200..<300).contains(status) { return }
                failure = "it answered \(status)"
                if status == 410 { break }
            } catch TransportError.tooLong {
                return
            } catch {
                failure = "it could not be reached"
            }
        }
        console.fail("The webhook was not taken by \(URL(string: address)?.host() ?? "the address"): \(failure)")
    }

    // MARK: The command

    private func run(_ command: String, _ body: String, _ facts: [String: String]) {
        let console = composition.context.console
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        // The token is nobody's business but the API's.
        var environment = composition.context.surroundings.environment
        for name in ["REPLICATE_API_TOKEN", "REPLICATE_API_KEY"] { environment[name] = nil }
        for (name, value) in facts { environment["DARKROOM_\(name)"] = value }
        process.environment = environment
        process.currentDirectoryURL = composition.context.surroundings.folder
        let input = Pipe()
        process.standardInput = input
        // Results have standard output for themselves.
        process.standardOutput = FileHandle(fileDescriptor: console.messages)
        process.standardError = FileHandle(fileDescriptor: console.messages)
        do { try process.run() } catch {
            return console.fail("The notify command could not be started: \(error.localizedDescription)")
        }
        // A command that does not read its input must not be waited for.
        let handle = input.fileHandleForWriting
        Thread.detachNewThread {
            try? handle.write(contentsOf: Data("\(body)\n".utf8))
            try? handle.close()
        }
        process.waitUntilExit()
        if process.terminationStatus != 0 {
            console.fail("The notify command ended with status \(process.terminationStatus)")
        }
    }
}
