import Testing

@testable import ReplicateClient

struct TransferOutcomeTests {
    private func outcome(
        _ index: Int,
        request: Int = 0,
        body: Int = 0,
        endedBeforeEncryption: Bool = false,
        proxyStatus: Int = 0,
        refused: String? = nil
    ) -> TransferOutcome {
        TransferOutcome(
            code: TransferOutcome.allErrors[index],
            reason: "as curl says",
            requestBytes: request,
            bodyBytes: body,
            endedBeforeEncryption: endedBeforeEncryption,
            proxyStatus: proxyStatus,
            refusedAddress: refused
        )
    }

    private static let every = Array(TransferOutcome.allErrors.indices)

    @Test(arguments: every)
    func `for every error code, one sent byte makes the effect unclear, and no sent byte proves that nothing was sent`(
        index: Int
    ) {
        #expect(outcome(index).error.isNotSent)
        #expect(outcome(index, request: 1).error.isInterrupted)
        #expect(outcome(index, body: 1).error.isInterrupted)
        #expect(outcome(index, request: 1, body: 1, proxyStatus: 200).error.isInterrupted)
    }

    @Test(arguments: every)
    func `bytes to a proxy before encryption did not reach the server`(index: Int) {
        #expect(outcome(index, request: 80, endedBeforeEncryption: true).error.isNotSent)
        #expect(outcome(index, request: 80, endedBeforeEncryption: true, proxyStatus: 502).error.isNotSent)
        // After the tunnel is open, the bytes may have reached the server.
        #expect(outcome(index, request: 80, endedBeforeEncryption: false, proxyStatus: 502).error.isInterrupted)
    }

    @Test func `curl has about ninety errors`() { #expect(Self.every.count > 80) }

    @Test(arguments: [
        (6, TransportError.Cause.name), (5, .proxy), (97, .proxy), (60, .certificate), (77, .certificate),
        (28, .timeout),
        (1, .answer), (8, .answer), (7, .connection), (35, .connection), (56, .connection),
    ])
    func `causes are distinguished`(code: Int, cause: TransportError.Cause) {
        #expect(outcome(code - 1).error == .notSent(reason: "as curl says", cause: cause))
        #expect(outcome(code - 1, request: 9).error == .interrupted(reason: "as curl says", cause: cause))
    }

    @Test func `a refusing proxy and a forbidden address are the cause for any code`() {
        for index in Self.every {
            let proxy = outcome(index, request: 80, endedBeforeEncryption: true, proxyStatus: 407)
            #expect(proxy.error == .notSent(reason: "as curl says", cause: .proxy))
            #expect(
                outcome(index, refused: "10.0.0.1").error
                    == .notSent(reason: "connecting to 10.0.0.1 is not allowed", cause: .notAllowed)
            )
        }
    }
}

extension TransportError {
    fileprivate var isNotSent: Bool { if case .notSent = self { true } else { false } }
    fileprivate var isInterrupted: Bool { if case .interrupted = self { true } else { false } }
}
