/// The account that the token belongs to. The API tells no balance.
package struct Account: Hashable, Sendable {
    package let username: String
    package let name: String?
    /// `user` or `organization`.
    package let type: String?

    package init?(json: JSONValue) {
        guard let username = json["username"]?.string else { return nil }
        self.username = username
        name = json["name"]?.string
        type = json["type"]?.string
    }
}
