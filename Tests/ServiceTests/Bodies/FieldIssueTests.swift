import Composing
import ReplicateAPI
import Testing

@testable import Service

struct FieldIssueTests {
    /// `seed` may stand in the body itself or in `input`: a complaint names the place where it was sent.
    @Test(
        arguments: [(["seed": 1], ["seed"]), (["input": ["seed": 1]], ["input", "seed"])] as [(JSONObject, [JSONValue])]
    )
    func `a complaint about an input names the place where it was sent`(members: JSONObject, path: [JSONValue]) throws {
        var reader = FieldReader(members.merging(["prompt": "x"]) { $1 })
        let request = ImageRequest(&reader)
        #expect(request.input == ["seed": 1])
        let issue = RunIssue(.input("seed"), "seed", "is not an input of this model", 1)
        #expect(FieldIssue(issue, ownFields: request.ownFields).path == path)
    }
}
