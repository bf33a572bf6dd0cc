import Foundation
import ReplicateAPI
import Testing

struct APIErrorTests {
    private func error(_ status: Int, _ body: JSONValue?, retryAfter: Duration? = nil) -> APIError {
        APIError(status: status, body: body, request: "POST /predictions", retryAfter: retryAfter)
    }

    private static let codes: [(Int, APIError.Code)] = [
        (400, .invalidInput), (401, .unauthenticated), (402, .insufficientCredit), (403, .forbidden), (404, .notFound),
        (408, .serverError), (413, .tooLarge), (422, .invalidInput), (429, .rateLimited), (500, .serverError),
        (503, .serverError), (599, .serverError), (302, .unexpectedStatus), (407, .proxyRefused), (409, .refused),
        (418, .refused), (451, .refused),
    ]

    @Test(arguments: codes)
    func `every status has a code, and an answer without JSON has a sentence`(
        status: Int,
        code: APIError.Code
    ) {
        let error = error(status, nil)
        #expect(error.code == code)
        #expect(error.status == status)
        #expect(!error.message.isEmpty)
        #expect(error.description == "\(error.message) (POST /predictions, \(status))")
    }

    @Test func `the message consists of title and detail`() {
        let found = error(402, ["title": "Insufficient credit", "detail": "Buy credit.\n", "status": 402])
        #expect(found.message == "Insufficient credit: Buy credit.")
        #expect(error(404, ["detail": "Not found."]).message == "Not found.")
        #expect(error(500, ["error": "boom"]).message == "boom")
        #expect(error(500, ["title": 7, "detail": .null]).message == "The API has a problem of its own (HTTP 500)")
    }

    @Test func `the fields a server refuses are named one by one`() {
        let found = error(
            422,
            [
                "title": "Input validation failed", "detail": "- input.num_outputs: Must be less than or equal to 4\n",
                "invalid_fields": [
                    ["type": "number_lte", "field": "input.num_outputs", "description": "Must be at most 4"],
                    ["field": "version"], ["type": "enum"], 7,
                ],
            ]
        )
        #expect(found.code == .invalidInput)
        #expect(
            found.invalidFields == [
                .init(type: "number_lte", field: "num_outputs", message: "Must be at most 4"),
                .init(type: "", field: "version", message: "is not accepted"),
            ]
        )
        #expect(found.message == "num_outputs: Must be at most 4; version: is not accepted")
    }

    /// The server reports a missing or unknown input for the input as a whole; only the sentence names the field.
    @Test func `a field that only the sentence names is found`() {
        let found = error(
            422,
            [
                "title": "Input validation failed",
                "invalid_fields": [
                    ["type": "required", "field": "input", "description": "prompt is required"],
                    [
                        "type": "additional_property_not_allowed", "field": "",
                        "description": "Additional property size is not allowed",
                    ],
                    ["type": "required", "field": "input", "description": "At least one of them is required"],
                    ["type": "enum", "field": "input.format", "description": "input.format: format must be jpg"],
                ],
            ]
        )
        #expect(found.invalidFields.map(\.field) == ["prompt", "size", "input", "format"])
        #expect(
            found.message
                == "prompt is required; Additional property size is not allowed; "
                + "input: At least one of them is required; format must be jpg"
        )
    }

    @Test func `a detail in lines names the fields when no other part does`() {
        let found = error(
            422,
            [
                "title": "Input validation failed",
                "detail":
                    "- input: prompt is required\n- input.steps: Must be at most: 4\n- size is required\nno field\n",
            ]
        )
        #expect(
            found.invalidFields == [
                .init(type: "", field: "prompt", message: "prompt is required"),
                .init(type: "", field: "steps", message: "Must be at most: 4"),
                .init(type: "", field: "size", message: "size is required"),
            ]
        )
        #expect(found.message == "prompt is required; steps: Must be at most: 4; size is required")
        #expect(error(422, ["detail": "- nothing is named here\n"]).invalidFields.isEmpty)
    }

    @Test(arguments: [("input.image_urls.0", "image_urls"), ("input.images[1]", "images"), ("input.a", "a")])
    func `a position inside a list belongs to the input of the list`(place: String, input: String) {
        let body: JSONValue = ["invalid_fields": [["field": .string(place), "description": "Does not match"]]]
        let found = error(422, body)
        #expect(found.invalidFields.map(\.input) == [input])
        #expect(found.message == "\(place.dropFirst(6)): Does not match")
    }

    @Test func `a detail with positions and messages names the fields`() {
        let found = error(
            422,
            [
                "detail": [
                    ["loc": ["body", "input", "prompt"], "msg": "field required", "type": "value_error.missing"],
                    ["loc": ["input", "images", 0], "msg": "no picture", "type": "value_error"], ["msg": "nowhere"],
                ]
            ]
        )
        #expect(
            found.invalidFields == [
                .init(type: "value_error.missing", field: "prompt", message: "field required"),
                .init(type: "value_error", field: "images.0", message: "no picture"),
            ]
        )
        #expect(found.message == "prompt: field required; images.0: no picture")
    }

    @Test func `a detail of any other form is shown unchanged`() {
        #expect(error(400, ["detail": ["reason": ["code": 7]]]).message == "{\"reason\":{\"code\":7}}")
        #expect(error(400, ["detail": ["a", "b"]]).message == "[\"a\",\"b\"]")
        #expect(error(400, ["detail": []]).message == "[]")
        #expect(error(400, [1]).message == "The API answered with HTTP 400")
    }

    @Test func `a refused version has another code than a refused input`() {
        #expect(error(422, ["title": "Invalid version or not permitted"]).code == .versionNotPermitted)
        #expect(error(422, ["title": "Input validation failed"]).code == .invalidInput)
    }

    @Test func `the wait in the body wins over the header's`() {
        #expect(error(429, ["retry_after": 7], retryAfter: .seconds(3)).retryAfter == .seconds(7))
        #expect(error(429, ["detail": "slow"], retryAfter: .seconds(3)).retryAfter == .seconds(3))
        #expect(error(429, ["retry_after": -1], retryAfter: .seconds(3)).retryAfter == .seconds(3))
        #expect(error(429, ["retry_after": 1e12]).retryAfter == nil)
        #expect(error(429, ["retry_after": "soon"]).retryAfter == nil)
        #expect(error(429, ["retry_after": 0.5]).retryAfter == .milliseconds(500))
    }

    @Test func `the length of a message is limited`() {
        #expect(error(500, ["detail": .string(String(repeating: "x", count: 100_000))]).message.count == 2_000)
    }

    @Test(arguments: [
        APIError.Code.serverError, .unexpectedStatus, .interrupted, .timedOut, .invalidResponse, .canceled,
    ])
    func `an error after which something may have been created is not a definite refusal`(code: APIError.Code) {
        #expect(!APIError(code, "x").isDefiniteRefusal)
    }

    @Test(arguments: [
        APIError.Code.noToken, .unauthenticated, .insufficientCredit, .forbidden, .notFound, .tooLarge, .invalidInput,
        .versionNotPermitted, .rateLimited, .unreachable, .nameNotFound, .certificate, .connectTimedOut, .proxyRefused,
        .refused, .foreignURL,
    ])
    func `an error that the server answered before creation is a definite refusal`(code: APIError.Code) {
        #expect(APIError(code, "x").isDefiniteRefusal)
    }

    @Test(arguments: [
        APIError.Code.unauthenticated, .insufficientCredit, .forbidden, .notFound, .invalidInput, .noToken,
    ])
    func `a refusal that needs action is not repeated`(code: APIError.Code) {
        #expect(!APIError(code, "x").isTransient)
    }

    @Test(arguments: [
        ("Payment required.", "Payment required. Buy credit"), ("Payment required", "Payment required. Buy credit"),
        ("Any credit left?", "Any credit left? Buy credit"),
    ])
    func `message and advice are sentences with one full stop each`(message: String, start: String) {
        #expect(APIError(.insufficientCredit, message).explanation.hasPrefix(start))
        #expect(APIError(.refused, message).explanation == message)
    }
}
