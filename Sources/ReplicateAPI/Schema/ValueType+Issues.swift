extension ValueType {
    /// Why the server would refuse `value`, such as `must be at most 4`; nil when it fits. Reads after the field's
    /// name. Null is checked by ``InputField/issue(with:)``, not here.
    package func issue(with value: JSONValue) -> String? {
        switch kind {
        case .text, .secret:
            return value.string.map(textIssue) ?? "must be text"
        case .integer(let minimum, let maximum):
            guard let number = value.whole else { return "must be a whole number" }
            if let minimum, number < minimum { return "must be at least \(minimum)" }
            if let maximum, number > maximum { return "must be at most \(maximum)" }
            return stepIssue(Double(number))
        case .number(let minimum, let maximum):
            guard let number = value.double, number.isFinite else { return "must be a number" }
            if let minimum, number < minimum { return "must be at least \(minimum.shortText)" }
            if let maximum, number > maximum { return "must be at most \(maximum.shortText)" }
            if let above = limits.above, number <= above { return "must be above \(above.shortText)" }
            if let below = limits.below, number >= below { return "must be below \(below.shortText)" }
            return stepIssue(number)
        case .boolean:
            return value.bool == nil ? "must be true or false" : nil
        case .choice(let values):
            return values.contains { $0.isSame(as: value) } ? nil : "must be \(expectation)"
        case .file:
            return value.string.map(ImageURL.issue(with:)) ?? "must be a URL"
        case .files(let most):
            guard let urls = value.array else { return "must be a list of URLs" }
            if let most, urls.count > most { return "takes at most \(most) URLs" }
            return elementIssue(urls, ValueType(.file), plural: "URLs")
        case .texts:
            guard let texts = value.array, texts.allSatisfy({ $0.string != nil }) else {
                return "must be a list of texts"
            }
            return elementIssue(texts, ValueType(.text), plural: "texts")
        case .list(let element):
            guard let values = value.array else { return "must be a list" }
            return elementIssue(values, element, plural: "values")
        case .object(let fields):
            guard let object = value.object else { return "must be an object" }
            return fields.lazy.compactMap { field in
                field.issue(with: object[field.name]).map { "\(field.name) \($0)" }
            }.first
        case .union(let types):
            let issues = types.map { $0.issue(with: value) }
            if issues.contains(nil) { return nil }
            return "must be \(expectation)"
        case .json:
            return nil
        }
    }

    private func textIssue(_ text: String) -> String? {
        let length = text.unicodeScalars.count
        if let least = limits.minLength, length < least {
            return least == 1 ? "must not be empty" : "needs at least \(least) characters"
        }
        if let most = limits.maxLength, length > most { return "takes at most \(most) characters" }
        if let format = limits.format, !Self.fits(text, format) { return "must be \(format.expectation)" }
        if let pattern = limits.pattern, BoundedPattern(pattern)?.isFound(in: text) == false {
            return "must match the pattern \(pattern)"
        }
        return nil
    }

    private func stepIssue(_ number: Double) -> String? {
        guard let step = limits.multipleOf else { return nil }
        let steps = number / step
        // With binary fractions, 0.3 ÷ 0.1 is not exactly a whole number.
        let isWhole = abs(steps - steps.rounded()) <= 1e-9 * max(1, abs(steps))
        return isWhole ? nil : "must be a multiple of \(step.shortText)"
    }

    private func elementIssue(_ values: [JSONValue], _ element: ValueType, plural: String) -> String? {
        if let least = limits.minItems, values.count < least { return "needs at least \(least) \(plural)" }
        if let most = limits.maxItems, values.count > most { return "takes at most \(most) \(plural)" }
        for (index, value) in values.enumerated() {
            if let issue = element.issue(with: value) { return "\(index + 1): \(issue)" }
        }
        return nil
    }

    private static func fits(_ text: String, _ format: ValueLimits.Format) -> Bool {
        switch format {
        case .date: return isDate(text[...])
        case .dateTime:
            let date = text.prefix(10)
            guard isDate(date), let separator = text.dropFirst(10).first, "Tt ".contains(separator) else {
                return false
            }
            return isTime(text.dropFirst(11))
        }
    }

    /// Hours and minutes; seconds, their fractions and the time zone may follow. Servers take more forms than one.
    private static func isTime(_ text: Substring) -> Bool {
        let time = text.prefix { $0.isNumber || $0 == ":" }.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = time.compactMap { $0.utf8.count == 2 ? Int($0) : nil }
        guard (2...3).contains(time.count), numbers.count == time.count else { return false }
        guard numbers[0] < 24, numbers[1] < 60, numbers.count < 3 || numbers[2] <= 60 else { return false }
        let rest = text.drop { $0.isNumber || $0 == ":" }
        return rest.allSatisfy { $0.isNumber || ".:+-Zz".contains($0) }
    }

    private static func isDate(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }
}

extension Double {
    /// The number without a trailing `.0`.
    package var shortText: String { Int64(exactly: self).map(String.init) ?? String(self) }
}
