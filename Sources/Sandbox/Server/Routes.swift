import Foundation
import HTTPTypes
import Hummingbird

/// Every route of the sandbox.
struct Routes {
    let world: World

    func router() -> Router<SandboxContext> {
        let router = Router(context: SandboxContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: CountingMiddleware(world: world))
        router.add(middleware: FaultMiddleware(world: world))
        router.add(middleware: AuthenticationMiddleware(world: world))
        router.add(middleware: RateLimitMiddleware(world: world))
        let api = router.group("v1")
        addPredictions(to: api)
        addModels(to: api)
        addFiles(to: api)
        addAccount(to: api)
        addDelivery(to: router)
        addStream(to: router)
        return router
    }

    func url(_ path: String, _ query: [(String, String?)] = []) -> String {
        let items = query.compactMap { name, value in
            value.map { "\(name)=\($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        }
        return world.origin + path + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
    }

    func query(_ name: String, _ request: Request) -> String? {
        request.uri.queryParameters[Substring(name)].map(String.init)
    }

    /// The body as JSON. Throws 400 when it is none.
    func body(_ request: Request) async throws -> JSON {
        let buffer = try await request.body.collect(upTo: 16 << 20)
        do {
            return try JSON(parsing: Data(buffer.readableBytesView))
        } catch {
            throw SandboxProblem.detail(.badRequest, "JSON parse error in the request body")
        }
    }
}
