import Foundation
import Studio

/// Reads the draft of the last sitting. What cannot be read is put aside and named, and never written over.
struct DraftReader {
    /// Reads the JSON text of the draft from the database; nil: there is none.
    let stored: () throws -> String?
    /// Where ``DraftWriter`` leaves what the database does not take: newer than what the database holds.
    let file: URL
    /// Where unreadable drafts are put.
    let keptTexts: URL

    /// The draft, and what there is to be said of it.
    func read() -> (draft: Draft, notice: Notice?) {
        if let data = try? Data(contentsOf: file) { return decode(data) }
        do {
            guard let text = try stored() else { return (Draft(), nil) }
            return decode(Data(text.utf8))
        } catch {
            return (Draft(), Notice(.error, "The draft of the last time cannot be read: \(error)"))
        }
    }

    private func decode(_ data: Data) -> (draft: Draft, notice: Notice?) {
        if let draft = try? JSONDecoder().decode(Draft.self, from: data) { return (draft, nil) }
        let place = keptTexts.appending(path: "draft-\(UUID().uuidString).json")
        do {
            try FileManager.default.createDirectory(
                at: keptTexts,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try data.write(to: place, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path)
            return (Draft(), Notice(.warning, "The draft of the last time is unreadable: it is kept in \(place.path)"))
        } catch {
            return (Draft(), Notice(.error, "The draft of the last time is unreadable and could not be kept: \(error)"))
        }
    }
}
