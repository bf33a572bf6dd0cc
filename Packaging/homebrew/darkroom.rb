class Darkroom < Formula
  desc "Terminal studio for Replicate: compose, see the price, run, watch, keep the result"
  homepage "@ADDRESS@"
  url "@ADDRESS@/releases/download/v@VERSION@/darkroom-@VERSION@-source.tar.gz"
  sha256 "@SOURCE_SHA256@"
  license "MIT"

  depends_on "swift" => :build
  depends_on "curl"
  depends_on "jpeg-turbo"
  depends_on "libpng"
  depends_on :linux
  depends_on "ncurses"
  depends_on "openssl@3"
  depends_on "sqlite"
  depends_on "webp"

  def install
    system "swift", "build", "--disable-sandbox", "-c", "release", "--static-swift-stdlib", "--product", "darkroom"
    bin.install ".build/release/darkroom"
    system "Scripts/manual", bin/"darkroom", "man"
    man1.install Dir["man/*.1"]
    man5.install Dir["man/*.5"]
    generate_completions_from_executable(bin/"darkroom", "--generate-completion-script")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/darkroom --version")
    assert_match "MIT", shell_output("#{bin}/darkroom licenses darkroom")
  end
end
