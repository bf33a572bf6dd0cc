import Terminal

enum DisplayPath {
    /// `host/…/name.webp`: the start and the last component stay as long as they fit.
    static func shortened(_ path: String, columns: Int, ellipsis: String) -> String {
        guard TextWidth.columns(of: path) > columns else { return path }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 2, let first = parts.first, let last = parts.last {
            let short = "\(first)/\(ellipsis)/\(last)"
            if TextWidth.columns(of: short) <= columns { return short }
            let tail = "\(ellipsis)/\(last)"
            if TextWidth.columns(of: tail) <= columns { return tail }
        }
        return TextWidth.truncateMiddle(path, to: columns, ellipsis: ellipsis)
    }
}
