import Foundation
import ReplicateAPI
import TestSupport
import Testing

/// What follows from an error: whether anything was created, whether to ask again, and what a person can do.
struct ErrorEffectTests {
    private struct Row: Sendable, CustomTestStringConvertible {
        let code: APIError.Code
        let effect: APIError.Effect
        let isTransient: Bool
        let isWorthRepeating: Bool
        let hasAdvice: Bool
        var testDescription: String { code.rawValue }

        init(_ code: APIError.Code, _ effect: APIError.Effect, _ isTransient: Bool, _ repeats: Bool, advice: Bool) {
            (self.code, self.effect, self.isTransient) = (code, effect, isTransient)
            (isWorthRepeating, hasAdvice) = (repeats, advice)
        }
    }

    /// A run is sent twice, or lost, where a line of this table is wrong.
    private static let table: [Row] = [
        Row(.noToken, .notSent, false, false, advice: true),
        Row(.unauthenticated, .refused, false, false, advice: true),
        Row(.insufficientCredit, .refused, false, false, advice: true),
        Row(.forbidden, .refused, false, false, advice: true),
        Row(.notFound, .refused, false, false, advice: true),
        Row(.tooLarge, .refused, false, false, advice: true),
        Row(.proxyRefused, .notSent, true, false, advice: true),
        Row(.invalidInput, .refused, false, false, advice: false),
        Row(.versionNotPermitted, .refused, false, false, advice: true),
        Row(.rateLimited, .refused, true, true, advice: true),
        Row(.serverError, .unclear, true, true, advice: true),
        Row(.refused, .refused, false, false, advice: false),
        Row(.unexpectedStatus, .unclear, false, false, advice: false),
        Row(.unreachable, .notSent, true, true, advice: true),
        Row(.nameNotFound, .notSent, true, true, advice: true),
        Row(.certificate, .notSent, true, false, advice: true),
        Row(.connectTimedOut, .notSent, true, true, advice: true),
        Row(.interrupted, .unclear, true, true, advice: false),
        Row(.timedOut, .unclear, true, true, advice: false),
        Row(.invalidResponse, .unclear, true, true, advice: false),
        Row(.foreignURL, .notSent, false, false, advice: false),
        Row(.canceled, .unclear, false, false, advice: false),
    ]

    @Test(arguments: table)
    private func `what an error says of the run`(row: Row) {
        let error = APIError(row.code, "It went wrong")
        #expect(error.effect == row.effect)
        #expect(error.isDefiniteRefusal == (row.effect != .unclear))
        #expect(error.isTransient == row.isTransient)
        #expect(error.isWorthRepeating == row.isWorthRepeating)
        #expect((error.advice != nil) == row.hasAdvice)
        #expect(error.explanation == (error.advice.map { "It went wrong. \($0)" } ?? "It went wrong"))
    }

    @Test func `the advice follows what ends a sentence already`() {
        for (message, expected) in [("No.", "No. "), ("Why?", "Why? "), ("Oh!", "Oh! "), ("No", "No. "), ("", " ")] {
            let error = APIError(.noToken, message)
            #expect(error.explanation == expected + (error.advice ?? ""))
        }
    }

    @Test(arguments: 100..<600)
    func `no status makes a creation that may have happened look as if it had not`(status: Int) {
        let error = APIError(status: status, body: nil, request: "POST /predictions", retryAfter: nil)
        // A refusal is a status of the 400s other than 408, or a proxy's.
        let isRefused = (400..<500).contains(status) && status != 408
        #expect(error.isDefiniteRefusal == isRefused, "\(error.code)")
        #expect(!error.message.isEmpty && error.status == status)
        if error.isWorthRepeating { #expect(status == 429 || status == 408 || status >= 500) }
    }

    @Test(
        arguments: [
            (["retry_after": 7], 3, 7), (["retry_after": 2.5], 3, 2.5), ([:], 3, 3), (["retry_after": -1], 3, 3),
            (["retry_after": 86_401], 3, 3), (["retry_after": "soon"], 3, 3), (["retry_after": 0], 3, 0),
            (["retry_after": .null], 3, 3), (["retry_after": 1e300], 3, 3),
        ] as [(JSONValue, Double, Double)]
    )
    func `the time to wait is the body's where it makes sense, else the header's`(
        body: JSONValue,
        header: Double,
        wait: Double
    ) {
        let error = APIError(status: 429, body: body, request: "", retryAfter: .seconds(header))
        #expect(error.retryAfter == .seconds(wait))
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `any body of an error is read into one line that is not endless`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func value(_ depth: Int) -> JSONValue {
            switch Int.random(in: 0..<(depth > 3 ? 4 : 7), using: &random) {
            case 0: .null
            case 1: .integer(.random(in: -9...999, using: &random))
            case 2:
                .string(
                    ["", "detail", "- input.seed: bad", "- \n- x", "input", "body", "prompt is required"].randomElement(
                        using: &random
                    )!
                )
            case 3: .bool(true)
            case 4: .array((0..<3).map { _ in value(depth + 1) })
            case 5: .string(String(repeating: "very long ", count: 5_000))
            default:
                .object(
                    Dictionary(
                        ["title", "detail", "error", "invalid_fields", "field", "loc", "msg", "description", "type"]
                            .filter { _ in Bool.random(using: &random) }.map { ($0, value(depth + 1)) }
                    ) { first, _ in first }
                )
            }
        }
        for _ in 0..<120 {
            let error = APIError(
                status: [400, 404, 422, 500].randomElement(using: &random)!,
                body: value(0),
                request: "GET /x",
                retryAfter: nil
            )
            #expect(!error.message.isEmpty)
            for field in error.invalidFields {
                #expect(!field.field.isEmpty && !field.message.isEmpty && field.message.count <= 2_000)
                #expect(!field.sentence.isEmpty && !field.input.contains("."))
            }
        }
    }

    @Test(arguments: [
        ("E1001: CUDA", "E1001: the model ran out of memory"), ("(E005)", "E005: the input or the output"),
        ("failed with E999", "E999: the provider behind the model refused"), ("E9999", nil), ("XE1001", nil),
        ("E10011", nil),
        ("NSFW content detected", "The safety filter"), ("Flagged as sensitive", "The safety filter"),
        ("out of memory", nil),
        ("", nil), ("E9999 then E1000", "E1000: an error that the API does not explain"),
    ])
    func `codes of failures are explained, the first known one`(text: String, begins: String?) {
        let found = FailureCode.explanation(in: text)
        if let begins {
            #expect(found?.hasPrefix(begins) == true, "\(found ?? "nothing")")
        } else {
            #expect(found == nil)
        }
    }
}

struct TimestampReadingTests {
    @Test func `an offset is taken away, and the border of a year is crossed`() {
        let cases = [
            ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"),
            ("2025-12-31T23:30:00-0100", "2026-01-01T00:30:00.000Z"),
            ("2024-03-01T00:00:00+00:01", "2024-02-29T23:59:00.000Z"),
            ("2025-03-01T00:00:00+00:01", "2025-02-28T23:59:00.000Z"),
            ("2026-11-25t10:00:00z", "2026-11-25T10:00:00.000Z"),
            ("2026-11-25 10:00:00,5Z", "2026-11-25T10:00:00.500Z"),
            ("2026-11-25T10:00:00.123456789Z", "2026-11-25T10:00:00.123Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
        ]
        for (text, same) in cases { #expect(Timestamp.parse(text).map(Timestamp.format) == same, "\(text)") }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `a time stamp that was damaged is another one or none`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Array("2026-11-25T10:20:30.123456+01:30".utf8)
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0x20...0x7E, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let date = Timestamp.parse(text) else { continue }
            #expect(abs(date.timeIntervalSince1970) < 400_000_000_000, "\(text)")
        }
    }
}
