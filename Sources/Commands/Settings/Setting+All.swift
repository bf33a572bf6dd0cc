import Money
import Pictures
import Pricing
import Service
import Studio
import StudioUI

extension Setting {
    /// In the order in which people are told of them.
    static let all = studio + money + service

    private static let studio = [
        Setting(
            "models.image",
            "OWNER/NAME",
            standard: DefaultModel.image,
            "The model of images where none is named"
        ),
        Setting(
            "models.video",
            "OWNER/NAME",
            standard: DefaultModel.video,
            "The model of videos where none is named"
        ),
        Setting(
            "token",
            "TOKEN",
            standard: nil,
            "The token of the account that pays; REPLICATE_API_TOKEN and a .env file come before it",
            example: "r8_0123456789"
        ),
        Setting(
            "base_url",
            "URL",
            standard: nil,
            "Where the API is, with or without /v1; REPLICATE_BASE_URL and --base-url come before it",
            example: "https://api.replicate.com"
        ),
        Setting(
            "outputs",
            "FOLDER",
            standard: nil,
            "Where results are saved; without it in the folder that `darkroom paths` names",
            example: "~/Pictures/darkroom"
        ),
        Setting(
            "metadata",
            "on, off",
            standard: "on",
            "Whether saved pictures say in their own metadata what made them"
        ),
        Setting("pictures", words(PictureWish.self), standard: "auto", "How pictures are drawn on the terminal"),
        Setting(
            "theme",
            ThemeFamily.all.map(\.name).joined(separator: ", ") + ", FILE",
            standard: "auto",
            "Colours; a file has base and roles as \"#RRGGBB\", and its path goes from the config file's folder"
        ),
        Setting("mouse", "true, false", standard: "true", "Whether the studio takes clicks"),
        Setting(
            "plain",
            "true, false",
            standard: "false",
            "The studio in lines, for screen readers and dumb terminals"
        ),
        Setting(
            "glyphs",
            words(Glyphs.Wish.self),
            standard: "auto",
            "Borders and signs; ascii: also where the terminal draws characters of ambiguous width two cells wide"
        ),
        Setting(
            "motion",
            words(StudioState.Motion.self),
            standard: "full",
            "What may move by itself; reduced: nothing turns or slides"
        ),
        Setting(
            "notify",
            words(EndNotices.When.self),
            standard: "unfocused",
            "When you are called because runs have ended"
        ),
        Setting(
            "notify_command",
            "COMMAND",
            standard: "\"\"",
            "Run by sh when runs have ended, with the result as JSON on its standard input"
        ),
        Setting("editing", words(EditingKeys.self), standard: "emacs", "How the prompt is edited; vim: with modes"),
        Setting(
            "escape_time",
            "1 to 5000",
            standard: "100",
            "Milliseconds in which an Esc may still become another key; more over a slow line"
        ),
        Setting(
            "keys",
            "ACTION: KEY or a list of keys",
            standard: "{}",
            "Other keys for actions; an empty list takes the keys away",
            example: "{run: [alt+enter, f5, ctrl+enter]}"
        ),
    ]

    private static let money = [
        budget(
            "ask_above",
            Budget.standard.askAbove,
            "A run that costs more, or whose cost is not known, is asked for first"
        ),
        budget("run", Budget.standard.run, "What one run may cost"),
        budget("session", Budget.standard.session, "What may be spent from one start of the program to its end"),
        budget("day", Budget.standard.day, "What may be spent in a day, by all programs on this history"),
        budget("month", Budget.standard.month, "The same in a month"),
        Setting(
            "cancel_after",
            "a number from 1 on, none",
            standard: "none",
            "Times the usual duration of its model, after which a run is canceled"
        ),
        Setting(
            "hardware",
            "OWNER/NAME: SKU",
            standard: "{}",
            "What models run on that are paid by the second, for their price",
            example: "{owner/name: gpu-l40s}"
        ),
    ]

    private static let service: [Setting] = {
        let usual = ServiceConfiguration()
        func seconds(_ duration: Duration) -> String { "\(duration.components.seconds)" }
        return [
            Setting(
                "service.host",
                "ADDRESS",
                standard: usual.host,
                "Where `darkroom serve` listens; another one needs keys"
            ),
            Setting("service.port", "0 to 65535", standard: "\(usual.port)", "0: any free port"),
            Setting(
                "service.rate_limit",
                "0 to 1000000",
                standard: "\(usual.rateLimit)",
                "Requests a minute that one client may send to generate; 0: any number"
            ),
            Setting(
                "service.timeout",
                "1 to 86400",
                standard: seconds(usual.timeout),
                "Seconds until a request is answered 504; the run goes on"
            ),
            Setting(
                "service.keys",
                "[KEY, ...]",
                standard: "[]",
                "Keys of the clients, or sha256: and the digest of one",
                example: "[0123456789abcdef0123456789abcdef]"
            ),
            Setting(
                "service.callbacks.allow_private",
                "true, false",
                standard: "false",
                "Whether results may be sent to loopback and private addresses"
            ),
            Setting(
                "service.callbacks.secret",
                "whsec_ and base64",
                standard: nil,
                "Signs callbacks; without it one is made and kept",
                example: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
            ),
            Setting(
                "service.cache.seconds",
                "0 to \(seconds(CacheConfiguration.longest))",
                standard: seconds(usual.cache.lifetime),
                "How long a result answers equal requests; 0: never"
            ),
            Setting(
                "service.cache.unseeded_images",
                "true, false",
                standard: "false",
                "Whether this includes images without a seed"
            ),
            Setting(
                "service.proxies.trusted",
                "[NETWORK, ...]",
                standard: "[]",
                "Reverse proxies whose word about the client's address is taken",
                example: "[10.0.0.0/8]"
            ),
            Setting("service.proxies.header", "NAME", standard: usual.proxies.header, "The header with that address"),
            Setting(
                "service.queue",
                "1 to 1000000",
                standard: "\(usual.queueLimit)",
                "Requests that may wait for their turn"
            ),
            Setting(
                "service.concurrency",
                "1 to 10000",
                standard: "\(usual.width)",
                "Creations on their way to the API at a time"
            ),
            Setting(
                "service.creations",
                "1 to 1000000",
                standard: "\(usual.creationsPerMinute)",
                "What the account may create in a minute"
            ),
            Setting(
                "service.body_limit",
                "1024 to 104857600",
                standard: "\(usual.bodyLimit)",
                "Bytes of a request's body"
            ),
            Setting(
                "service.patience",
                "1 to 3600",
                standard: seconds(usual.patience),
                "Seconds that a request may take to arrive, and an idle connection is kept"
            ),
            Setting(
                "service.drain",
                "0 to 3600",
                standard: seconds(usual.drain),
                "Seconds that requests under way have after the signal to stop"
            ),
            Setting(
                "service.save_outputs",
                "true, false",
                standard: "true",
                "Whether outputs are saved to the disk too"
            ),
            Setting(
                "service.debug",
                "true, false",
                standard: "false",
                "Whether answers to unexpected errors say what it was"
            ),
        ]
    }()

    private static func budget(_ name: String, _ amount: Money?, _ summary: String) -> Setting {
        Setting("budget.\(name)", "an amount in USD, none", standard: amount?.exactDigits ?? "none", summary)
    }

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
