import ReplicateAPI
import Testing

@testable import Predictions

struct ConnectionTests {
    @Test func `a reason is told once, another one again, and an answer once`() {
        var connection = Connection()
        #expect(connection.failure == nil && connection.outage == nil)
        let wasUnknown = connection.answered()
        #expect(!wasUnknown)
        let (route, token) = (APIError(.unreachable, "No route"), APIError(.unauthenticated, "The token was refused"))
        let told = [connection.failed(route), connection.failed(route)]
        #expect(told == [true, false])
        #expect(connection.outage == route.explanation)
        let isNew = connection.failed(token)
        #expect(isNew && connection.failure == token)
        let answers = [connection.answered(), connection.answered()]
        #expect(answers == [true, false])
        #expect(connection.failure == nil)
    }

    @Test(arguments: [
        (APIError.Code.unauthenticated, true, true), (.noToken, false, true), (.notFound, true, false),
        (.invalidInput, true, false), (.rateLimited, true, false), (.serverError, true, false),
        (.invalidResponse, true, false), (.unreachable, false, false), (.timedOut, false, false),
        (.canceled, false, false),
    ])
    func `it is known whether anybody has answered, and whether another token is needed`(
        code: APIError.Code,
        isAnswer: Bool,
        refusesToken: Bool
    ) {
        let error = APIError(code, "")
        #expect(error.isAnswer == isAnswer)
        #expect(error.refusesToken == refusesToken)
    }
}
