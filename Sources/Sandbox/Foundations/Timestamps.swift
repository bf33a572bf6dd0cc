import Foundation

extension Date {
    /// ISO 8601 in UTC with exactly `digits` digits of fraction and a `Z`; the API sends both 6 and 9.
    func timestamp(digits: Int) -> String {
        let total = timeIntervalSince1970
        let whole = total.rounded(.down)
        var fraction = String(Int((total - whole) * 1e9))
        fraction = String(repeating: "0", count: max(0, 9 - fraction.count)) + fraction
        let seconds = Date(timeIntervalSince1970: whole).formatted(.iso8601).dropLast()
        return "\(seconds).\(fraction.prefix(digits))Z"
    }

    /// The form of HTTP headers: `Tue, 24 Nov 2026 14:12:11 GMT`.
    var httpDate: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.weekday, .day, .month, .year, .hour, .minute, .second], from: self)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let date = "\(two(parts.day)) \(months[(parts.month ?? 1) - 1]) \(parts.year ?? 0)"
        let time = "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
        return "\(days[(parts.weekday ?? 1) - 1]), \(date) \(time) GMT"
    }

    /// Reads ISO 8601 with any number of fraction digits, `Z` or an offset; a date alone is its midnight in UTC.
    init?(timestamp text: String) {
        // A plus sign in a query that was not escaped arrives as a space.
        var text = text.trimmingCharacters(in: .whitespaces).replacing(" ", with: "+")
        if text.count == 10 { text += "T00:00:00Z" }
        var fraction = 0.0
        if let dot = text.firstIndex(of: ".") {
            let digits = text[text.index(after: dot)...].prefix { $0.isNumber }
            guard let value = Double("0." + digits) else { return nil }
            fraction = value
            text.removeSubrange(dot..<digits.endIndex)
        }
        if text.count == 19 { text += "Z" }
        // Foundation takes an hour of 25 for the next day's first.
        let clock = text.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, clock[0] < 24, clock[1] < 60, clock[2] <= 60 else { return nil }
        guard let whole = try? Date(text, strategy: .iso8601) else { return nil }
        self = whole.addingTimeInterval(fraction)
    }
}

extension Duration {
    /// Whole and fractional seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
