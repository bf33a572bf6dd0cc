import Foundation
import HTTPTypes
import Hummingbird

extension Routes {
    func addStream(to router: Router<SandboxContext>) {
        router.get("stream/{id}") { request, context in
            let id = try context.parameters.require("id")
            guard let record = world.predictions[id], record.model.output == .text else {
                throw SandboxProblem.notFound
            }
            let resumed = request.headers[.lastEventID]?.split(separator: ":").last.flatMap { Int($0) }
            let events = EventSequence(
                world: world,
                id: id,
                stamp: Int(record.createdAt.timeIntervalSince1970),
                first: (resumed ?? -1) + 1
            )
            return Response(
                status: .ok,
                headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                body: ResponseBody(asyncSequence: events)
            )
        }
    }
}
