import Terminal

enum DisplayPath {
    /// A path within `home` with `~` in its place; an empty `home` has none.
    static func abbreviated(_ path: String, home: String) -> String {
        home.count > 1 && path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
    }

    /// `host/…/folder/name.webp`: the start and the end stay, as many components of the end as fit.
    static func shortened(_ path: String, columns: Int, ellipsis: String) -> String {
        guard TextWidth.columns(of: path) > columns else { return path }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 2, let first = parts.first, let last = parts.last {
            for kept in 2..<parts.count {
                let short = "\(first)/\(ellipsis)/\(parts[kept...].joined(separator: "/"))"
                if TextWidth.columns(of: short) <= columns { return short }
            }
            let tail = "\(ellipsis)/\(last)"
            if TextWidth.columns(of: tail) <= columns { return tail }
        }
        return TextWidth.truncateMiddle(path, to: columns, ellipsis: ellipsis)
    }
}
