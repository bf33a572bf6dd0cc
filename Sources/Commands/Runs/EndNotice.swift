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
        guard let command = options.command else { return }
        let (context, console) = (composition.context, composition.context.console)
        let notify = NotifyCommand(command: command, surroundings: context.surroundings)
        // Results have standard output for themselves.
        if let failure = notify.run(body, facts: facts, output: console.messages) { console.fail(failure) }
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
}
