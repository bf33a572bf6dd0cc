# nix-build -E 'with import <nixpkgs> {}; callPackage ./darkroom.nix {}'
{ lib, stdenvNoCC, fetchurl }:

stdenvNoCC.mkDerivation rec {
  pname = "darkroom";
  version = "@VERSION@";

  src = fetchurl {
    url = "@ADDRESS@/releases/download/v${version}/darkroom-${version}-linux-x86_64.tar.gz";
    sha256 = "@PROGRAM_SHA256@";
  };

  # Every library lies beside the program, and fits it.
  dontPatchELF = true;
  dontStrip = true;

  installPhase = ''
    runHook preInstall
    mkdir -p $out
    cp -r bin lib share $out/
    mkdir -p $out/share/zsh/site-functions
    mv $out/share/zsh/vendor-completions/_darkroom $out/share/zsh/site-functions/
    runHook postInstall
  '';

  meta = {
    description = "Terminal studio for Replicate: compose, see the price, run, watch, keep the result";
    homepage = "@ADDRESS@";
    license = lib.licenses.mit;
    mainProgram = "darkroom";
    platforms = [ "x86_64-linux" ];
    sourceProvenance = [ lib.sourceTypes.binaryNativeCode ];
  };
}
