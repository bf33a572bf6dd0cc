import Testing

@testable import Studio

struct ImageListParserTests {
    @Test(arguments: [
        ("", []),
        ("  \n\t\n", []),
        ("https://a.org/1.png\r\nhttps://a.org/2.png\n", ["https://a.org/1.png", "https://a.org/2.png"]),
        ("https://a.org/1.png, https://a.org/2.png,", ["https://a.org/1.png", "https://a.org/2.png"]),
        ("https://a.org/1.png,https://a.org/2.png;", ["https://a.org/1.png", "https://a.org/2.png"]),
        ("https://a.org/1.png https://a.org/2.png", ["https://a.org/1.png", "https://a.org/2.png"]),
        ("\"https://a.org/1.png\",", ["https://a.org/1.png"]),
        ("'https://a.org/1.png','https://a.org/2.png'", ["https://a.org/1.png", "https://a.org/2.png"]),
        ("<https://a.org/1.png>", ["https://a.org/1.png"]),
        ("“https://a.org/1.png”", ["https://a.org/1.png"]),
        ("[\"https://a.org/1.png\", \"https://a.org/2.png\"]", ["https://a.org/1.png", "https://a.org/2.png"]),
        ("[a fox](https://a.org/1.png)", ["https://a.org/1.png"]),
        ("![a fox](<https://a.org/1.png> \"title\")", ["https://a.org/1.png"]),
        ("![](https://a.org/fox_(red).png)", ["https://a.org/fox_(red).png"]),
        (
            "- https://a.org/1.png\n* https://a.org/2.png\n3. https://a.org/3.png",
            [
                "https://a.org/1.png", "https://a.org/2.png", "https://a.org/3.png",
            ]
        ),
        ("(https://a.org/1.png)", ["https://a.org/1.png"]),
        ("https://a.org/w_100,h_50/fox.png?x=(1)", ["https://a.org/w_100,h_50/fox.png?x=(1)"]),
        ("https://a.org/a[1].png", ["https://a.org/a[1].png"]),
        ("data:image/png;base64,iVBORw0KGgo=", ["data:image/png;base64,iVBORw0KGgo="]),
        (
            "data:image/png;base64,AA==, data:image/png;base64,BB==",
            [
                "data:image/png;base64,AA==", "data:image/png;base64,BB==",
            ]
        ),
        ("~/Pictures/fox.png", ["~/Pictures/fox.png"]),
        ("/home/me/My Pictures/red fox.png", ["/home/me/My Pictures/red fox.png"]),
        ("/home/me/a.png /home/me/b c.jpg", ["/home/me/a.png", "/home/me/b c.jpg"]),
        ("/home/me/My\\ Pictures/fox.png", ["/home/me/My Pictures/fox.png"]),
        ("'/home/me/it, too/fox.png'", ["/home/me/it, too/fox.png"]),
        ("file:///home/me/red%20fox.png", ["file:///home/me/red%20fox.png"]),
        ("refs/fox.png and hen.jpg", ["refs/fox.png", "and", "hen.jpg"]),
        ("just some words", ["just some words"]),
        ("\u{FEFF}https://a.org/1.png", ["https://a.org/1.png"]),
        ("ftp://a.org/1.png", ["ftp://a.org/1.png"]),
    ])
    func `pasted text falls into items`(text: String, items: [String]) {
        #expect(ImageListParser.items(in: text) == items)
    }

    @Test(arguments: [
        ("https://a.org/1.png", ImageItemState.unchecked),
        ("https://", .invalid(reason: "has no host")),
        ("ftp://a.org/1.png", .invalid(reason: "must begin with https:// or http://")),
        ("example.org/1.png", .invalid(reason: "is not a URL (https://…)")),
        ("fox", .invalid(reason: "is not a URL (https://…)")),
        ("just words", .invalid(reason: "has spaces or control characters")),
        ("data:image/webp;base64,AA==", .ok(ImageFacts(contentType: "image/webp"))),
        ("data:image/png", .invalid(reason: "is not a whole data: URI")),
        ("/tmp/fox.png", .localFile(path: "/tmp/fox.png")),
        ("~/fox.JPEG", .localFile(path: "~/fox.JPEG")),
        ("../a b.webp", .localFile(path: "../a b.webp")),
        ("fox.png", .localFile(path: "fox.png")),
        ("refs/fox.png", .localFile(path: "refs/fox.png")),
        ("/tmp/fox.txt", .invalid(reason: "is not a URL (https://…)")),
        (".png", .invalid(reason: "is not a URL (https://…)")),
        ("file:///tmp/red%20fox", .localFile(path: "/tmp/red fox")),
        ("FILE://localhost/tmp/fox.png", .localFile(path: "/tmp/fox.png")),
        ("file:/tmp/fox.png", .localFile(path: "/tmp/fox.png")),
        ("file://server/fox.png", .invalid(reason: "is a file on another computer")),
        ("file://", .invalid(reason: "is not a whole file:// address")),
        ("file:///%FF%ZZ", .invalid(reason: "is not a whole file:// address")),
    ])
    func `the text of an item tells what it is`(text: String, state: ImageItemState) {
        #expect(ImageItem(id: 1, text: text).state == state)
    }
}
