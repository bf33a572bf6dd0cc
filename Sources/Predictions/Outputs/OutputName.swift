package import Foundation

/// Names of saved files: readable, sorted by day, and unable to leave their folder whatever the network sent.
package enum OutputName {
    /// `a-red-fox-x3k9q2-0`: words of the prompt, the beginning of the prediction's id, the output's number; nil: of none.
    package static func stem(prompt: String, predictionID: String, index: Int?) -> String {
        let words = slug(prompt, most: 48)
        let id = slug(String(predictionID.prefix(8)), most: 8)
        return [words, id, index.map { String($0) } ?? ""].filter { !$0.isEmpty }.joined(separator: "-")
    }

    /// `2026-11-24`, in the person's own calendar day.
    package static func folder(for date: Date, calendar: Calendar) -> String {
        let day = calendar.dateComponents([.year, .month, .day], from: date)
        func padded(_ number: Int?) -> String { String((number ?? 0) + 100).suffix(2).description }
        return "\(day.year ?? 0)-\(padded(day.month))-\(padded(day.day))"
    }

    /// Lower-case ASCII letters and digits with single hyphens between words; empty when there are none.
    static func slug(_ text: String, most: Int) -> String {
        var slug = ""
        for scalar in text.prefix(most * 4).lowercased().unicodeScalars {
            if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
                slug.unicodeScalars.append(scalar)
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug.append("-")
            }
        }
        slug = String(slug.prefix(most))
        // Cut between words where one ends nearby.
        if slug.count == most, let hyphen = slug.lastIndex(of: "-"),
            slug.distance(from: slug.startIndex, to: hyphen) > most / 2
        {
            slug = String(slug[..<hyphen])
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug
    }
}
