/// Why a picture cannot be shown. The description is a sentence for the user with the next step.
package enum PictureError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be opened or read; `reason` is the system's text.
    case unreadable(reason: String)
    /// The bytes are not a known picture or video, for example an error page that was saved as `.png`.
    case notAPicture
    /// A known format that is not decoded here.
    case unsupported(PictureFormat)
    /// The format is known, but the file is cut off or contradicts itself.
    case damaged(PictureFormat)
    /// More than `PictureDecoder.longestSide` or `PictureDecoder.mostPixels`.
    case tooLarge(width: Int, height: Int)
    /// The file is longer than `PictureDecoder.longestFile`, in bytes.
    case fileTooLong(bytes: Int)
    /// Only `ffmpeg` could read this video, and it is not on the path.
    case noDecoder
    /// Only `ffmpeg` could read this picture, of a format such as `avif`, and it is not on the path.
    case noPictureDecoder(String)
    /// `ffmpeg` ran and gave no picture.
    case decoderFailed
    /// `ffmpeg` gave no picture within the time limit and was killed.
    case decoderTimedOut
    /// The task was cancelled.
    case cancelled

    package var description: String {
        switch self {
        case .unreadable(let reason):
            "The file cannot be read (\(reason)); check that it is still where it was saved."
        case .notAPicture:
            "This file is not a picture or video; open it in another program to see what it is."
        case .unsupported(.svg):
            "SVG drawings are not drawn here; open the file in another program."
        case .unsupported(let format):
            "Pictures of type \(format.rawValue) are not drawn here; open the file in another program."
        case .damaged(let format):
            "This \(format.rawValue) file is damaged or incomplete; download it again."
        case .tooLarge(let width, let height):
            "At \(width)×\(height) this picture is too large to draw here; open the file in another program."
        case .fileTooLong(let bytes):
            "At \(bytes / 1_000_000) MB this file is too long to draw here; open it in another program."
        case .noDecoder:
            "This film cannot be played yet: install ffmpeg (Debian: apt install ffmpeg), and select it again."
        case .noPictureDecoder(let format):
            "This \(format.uppercased()) picture cannot be drawn yet: install ffmpeg (Debian: apt install ffmpeg), and select it again."
        case .decoderFailed:
            "ffmpeg found no picture in this file; open it in another program."
        case .decoderTimedOut:
            "ffmpeg took too long to read this file; open it in another program."
        case .cancelled:
            "Drawing was cancelled; select the picture again to draw it."
        }
    }
}
