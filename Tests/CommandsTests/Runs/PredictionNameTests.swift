import Testing

@testable import Commands

struct PredictionNameTests {
    @Test(arguments: [
        ("abc123", "abc123"), ("https://replicate.com/p/abc123", "abc123"),
        ("https://replicate.com/p/abc123?x=1#top", "abc123"),
        ("https://api.replicate.com/v1/predictions/abc123", "abc123"),
        ("https://api.replicate.com/v1/predictions/abc123/cancel", "abc123"), ("/home/p/a.png", "/home/p/a.png"),
        ("https://example.com/a.png", "https://example.com/a.png"),
        ("https://www.replicate.com/p/abc123", "abc123"), ("http://127.0.0.1:8100/v1/predictions/abc123", "abc123"),
        ("https://other.example/p/abc123", "https://other.example/p/abc123"),
        ("https://replicate.com.other.example/p/abc123", "https://replicate.com.other.example/p/abc123"),
        ("https://replicate.com/p/", "https://replicate.com/p/"),
    ]) func `an address of a prediction names it`(text: String, id: String) {
        #expect(PredictionName.id(of: text) == id)
    }
}
