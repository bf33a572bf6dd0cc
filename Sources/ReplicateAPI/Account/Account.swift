/// The account that the token belongs to. The API does not tell the account's balance.
package struct Account: Hashable, Sendable {
    /// The name that stands before the slash in the names of the account's models.
    package let username: String
    /// The display name; nil when the API sends none.
    package let name: String?
    /// `user` or `organization`; nil when the API sends no type.
    package let type: String?

    /// Reads the answer of `GET /account`: `{type, username, name, …}`. Nil when `username` is missing or is not a
    /// text.
    package init?(json: JSONValue) {
        guard let username = json["username"]?.string else { return nil }
        self.username = username
        name = json["name"]?.string
        type = json["type"]?.string
    }
}
