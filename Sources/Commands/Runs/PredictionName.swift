import ArgumentParser
import Foundation

/// How a person names a prediction or a run: its id, a beginning of it, a saved file, or the address of its page.
enum PredictionName {
    /// The id in the address of a prediction on the web or at the API; anything else as it is.
    static func id(of text: String) -> String {
        guard text.hasPrefix("https://") || text.hasPrefix("http://"), let parts = URLComponents(string: text) else {
            return text
        }
        let path = parts.path.split(separator: "/").map(String.init)
        let host = parts.host?.lowercased() ?? ""
        let isReplicate = host == "replicate.com" || host.hasSuffix(".replicate.com")
        // https://replicate.com/p/ID, and at the API of any host https://api.replicate.com/v1/predictions/ID; and what
        // follows them.
        let place = path.lastIndex { $0 == "predictions" || isReplicate && $0 == "p" }
        guard let place, place + 1 < path.count else { return text }
        return path[place + 1]
    }

    /// Throws `ValidationError` for an empty name, such as a variable of a script that was never set: the API would be asked
    /// for all of its predictions.
    static func check(_ names: [String]) throws {
        guard !names.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
            throw ValidationError("An id is empty: `darkroom list` shows them.")
        }
    }
}
