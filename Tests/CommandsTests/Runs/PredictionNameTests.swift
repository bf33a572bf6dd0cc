import Testing

@testable import Commands

struct PredictionNameTests {
    @Test(arguments: [
        ("abc123", "abc123"), ("https://replicate.com/p/abc123", "abc123"),
        ("https://replicate.com/p/abc123?x=1#top", "abc123"),
        ("https://api.replicate.com/v1/predictions/abc123", "abc123"),
        ("https://api.replicate.com/v1/predictions/abc123/cancel", "abc123"), ("/home/p/a.png", "/home/p/a.png"),
        ("https://example.com/a.png", "https://example.com/a.png"),
        ("https://replicate.com/p/", "https://replicate.com/p/"),
    ]) func `an address of a prediction names it`(text: String, id: String) {
        #expect(PredictionName.id(of: text) == id)
    }
}
