package import Foundation
package import Pixels

/// Reads the pixels of a picture or the first frame of a film, whichever way it takes.
package enum PictureReader {
    /// Pictures that are read here, films by ``VideoFrame``, and pictures in other formats by the first `ffmpeg` in
    /// `searchPath`. Not for the main thread.
    ///
    /// - Parameter fitting: as for ``PictureDecoder/decode(_:fitting:)``.
    /// - Returns: the pixels, and what the file says; nil where it says nothing.
    /// - Throws: the errors of ``PictureDecoder`` and ``VideoFrame``; `noPictureDecoder`.
    package static func read(
        _ url: URL,
        fitting: (width: Int, height: Int)? = nil,
        searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "",
        limit: Duration = .seconds(10)
    ) async throws(PictureError) -> (bitmap: Bitmap, facts: PictureFacts?) {
        let source = try ByteSource(contentsOf: url)
        let head = source.prefix(PictureFormat.headLength)
        let header = PictureHeaderReader.read(source)
        if header?.format.isVideo == true {
            let bitmap = try await VideoFrame.first(of: url, fitting: fitting, searchPath: searchPath, limit: limit)
            return (bitmap, header.map { PictureFacts($0) })
        }
        if PictureFormat.detect(head) == .unknown,
            let other = try await OtherPicture.png(of: url, head: head, searchPath: searchPath, limit: limit)
        {
            let found = PictureHeaderReader.read(other.png)
            let facts = found.map { PictureFacts(width: $0.width, height: $0.height, format: other.format) }
            return (try decode(other.png, fitting: fitting), facts)
        }
        return (try PictureDecoder.decode(contentsOf: url, fitting: fitting), header.map { PictureFacts($0) })
    }

    /// What the file says; nil: nothing. Blocks for a few reads.
    package static func facts(of url: URL) throws(PictureError) -> PictureFacts? {
        try PictureHeaderReader.read(contentsOf: url).map { PictureFacts($0) }
    }

    /// What `ffmpeg` has written may be cut off where it failed.
    private static func decode(
        _ png: Data,
        fitting: (width: Int, height: Int)?
    ) throws(PictureError) -> Bitmap {
        do { return try PictureDecoder.decode(png, fitting: fitting) } catch {
            if case .tooLarge = error { throw error }
            throw .decoderFailed
        }
    }
}

extension PictureFacts {
    /// What a header says, and nothing else.
    init(_ header: PictureHeader) {
        self.init(
            width: header.width,
            height: header.height,
            format: header.format.rawValue,
            duration: header.duration,
            framesPerSecond: header.framesPerSecond
        )
    }
}
