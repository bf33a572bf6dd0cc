import ArgumentParser

/// The script by which a shell completes commands: as the argument parser writes it, with what it gets wrong in bash put right.
enum CompletionScript {
    /// The script that the arguments ask for; nil: they ask for something else, or for a shell that is not known.
    static func wanted(by arguments: [String]) -> String? {
        let option = "--generate-completion-script"
        guard let first = arguments.first, first.hasPrefix(option) else { return nil }
        let name = first == option ? arguments.dropFirst().first : String(first.dropFirst(option.count + 1))
        return name.flatMap { CompletionShell(rawValue: $0) }.map(text)
    }

    static func text(for shell: CompletionShell) -> String {
        let script = RootCommand.completionScript(for: shell)
        return shell == .bash ? script.replacing(parsers, with: ours) : script
    }

    /// What adds words that the program has named. bash takes them for names of files, and so puts a backslash before each
    /// `=` and a blank after it; and it expands them as if a person had typed them.
    static let parsers = """
        __darkroom_add_completions() {
            local completion
            while IFS='' read -r completion; do
                COMPREPLY+=("${completion}")
            done < <(IFS=$'\\n' compgen "${@}" -- "${cur}")
        }
        """

    /// Words of the program are compared as they are, and quoted: `compgen -W` would do what a model's author has written into
    /// them, such as `$(rm …)`.
    private static let ours = """
        __darkroom_add_completions() {
            local completion
            if [[ "${1}" != -W ]]; then
                while IFS='' read -r completion; do
                    COMPREPLY+=("${completion}")
                done < <(IFS=$'\\n' compgen "${@}" -- "${cur}")
                return
            fi
            while IFS='' read -r completion; do
                [[ -n "${completion}" && "${completion}" = "${cur}"* ]] || continue
                printf -v completion '%q' "${completion}"
                COMPREPLY+=("${completion}")
            done <<< "${2}"
            compopt +o filenames 2>/dev/null
            [[ "${COMPREPLY[*]}" = *= ]] && compopt -o nospace 2>/dev/null
        }
        """
}
