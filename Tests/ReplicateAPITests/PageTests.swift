import Foundation
import ReplicateAPI
import Testing

struct PageTests {
    private func page(_ text: String) throws -> Page<String>? {
        Page(json: try JSONValue(parsing: Data(text.utf8))) { $0["id"]?.string }
    }

    @Test func `rows that cannot be read are counted, and the others are kept`() throws {
        let found = try page(
            "{\"next\":\"https://api/x?cursor=cD0%3D\",\"results\":[{\"id\":\"a\"},7,{},{\"id\":\"b\"}]}"
        )
        #expect(found == Page(results: ["a", "b"], unreadable: 2, next: "https://api/x?cursor=cD0%3D"))
    }

    @Test(arguments: ["", "\"next\":null,", "\"next\":\"null\",", "\"next\":\"\",", "\"next\":7,"])
    func `the last page has no next link, in each notation`(next: String) throws {
        #expect(try page("{\(next)\"results\":[]}") == Page(results: [], next: nil))
    }

    @Test(arguments: ["{}", "[]", "{\"results\":{}}", "{\"results\":null}", "null"])
    func `an answer without rows is not a page`(text: String) throws {
        #expect(try page(text) == nil)
    }

    @Test func `a link to another host is kept unchanged, so that the client can refuse it`() throws {
        let found = try page("{\"next\":\"https://evil.example/v1/predictions?cursor=1\",\"results\":[]}")
        #expect(found?.next == "https://evil.example/v1/predictions?cursor=1")
    }
}
