/// A compiled terminfo entry that ncurses reads from the environment, so that no entry has to be installed.
///
/// Made with `tic -x` and `infocmp -x -q -Q2` (ncurses 6.4) from the source below. It contains only what output needs
/// and every terminal in use understands. Colours 0…255 are palette entries, higher numbers are red, green and blue.
/// Without `rmam`, ncurses would leave the last cell of the screen blank.
///
/// ```
/// darkroom-direct|24-bit colour for any xterm-like terminal,
///     RGB, colors#0x1000000, pairs#0x10000,
///     setaf=\E[%?%p1%{8}%<%t3%p1%d%e%p1%{256}%<%t38;5;%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
///     setab=\E[%?%p1%{8}%<%t4%p1%d%e%p1%{256}%<%t48;5;%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
///     use=darkroom-base,
/// darkroom-256|256 colours for any xterm-like terminal,
///     colors#0x100, pairs#0x10000,
///     setaf=\E[%?%p1%{8}%<%t3%p1%d%e38;5;%p1%d%;m,
///     setab=\E[%?%p1%{8}%<%t4%p1%d%e48;5;%p1%d%;m,
///     use=darkroom-base,
/// darkroom-base|what both share,
///     am, mir, msgr, xenl,
///     cols#80, lines#24,
///     bel=^G, bold=\E[1m, civis=\E[?25l, clear=\E[H\E[2J, cnorm=\E[?25h,
///     cr=\r, cub=\E[%p1%dD, cub1=^H, cud=\E[%p1%dB, cud1=\n, cuf=\E[%p1%dC, cuf1=\E[C,
///     cup=\E[%i%p1%d;%p2%dH, cuu=\E[%p1%dA, cuu1=\E[A, dim=\E[2m,
///     ech=\E[%p1%dX, ed=\E[J, el=\E[K, el1=\E[1K, home=\E[H, hpa=\E[%i%p1%dG,
///     ind=\n, op=\E[39;49m, rc=\E8, rev=\E[7m, ritm=\E[23m, rmam=\E[?7l, rmcup=\E[?1049l, rmso=\E[27m,
///     rmul=\E[24m, sc=\E7,
///     sgr=\E[0%?%p6%t;1%;%?%p5%t;2%;%?%p2%t;4%;%?%p1%p3%|%t;7%;m,
///     sgr0=\E[m, sitm=\E[3m, smam=\E[?7h, smcup=\E[?1049h, smso=\E[7m, smul=\E[4m, vpa=\E[%i%p1%dd,
/// ```
enum EmbeddedTerminal {
    case direct
    case palette256

    var name: String {
        switch self {
        case .direct: "darkroom-direct"
        case .palette256: "darkroom-256"
        }
    }

    /// The value for `TERMINFO`.
    var terminfo: String {
        switch self {
        case .direct: Self.directEntry
        case .palette256: Self.paletteEntry
        }
    }

    private static let directEntry = """
        b64:HgI6AA8ADwBpAfwBZGFya3Jvb20tZGlyZWN0fDI0LWJpdCBjb2xvdXIgZm9yIGFueSB4dGVybS1saWtlIHRlcm1pbmFsAAAB\
        AAABAAAAAAAAAAABAQBQAAAA_____xgAAAD_____________________________________________________AAAAAQAAAQD_\
        _wAAAgD_____BAAMABAAFAD__x8AMAAyADYAPQD__z8ARgD__0oA__________________9OAFMA__9cAP_______2EAZgBrAHAA\
        __95AH0A_____4YAjAD_________________________________________________________________________________\
        ____________________________________________________________________________________kgD_______-bAKQA\
        __-tAP____________________________-2ALkAxADHAP__yQD_________________________________________________\
        __8ABQH_____________________________________________________________________________________________\
        ____________________________________________________________________________________________________\
        ____________________________________________________________________________________________________\
        ________________CwH_______________________________________________________________________8QAf______\
        ____________________________GQH_______________________8eAf__________________________________________\
        ________________________________________________________JAGQAQcADQAbW0gbWzJKABtbSwAbW0oAG1slaSVwMSVk\
        RwAbWyVpJXAxJWQ7JXAyJWRIAAoAG1tIABtbPzI1bAAIABtbPzI1aAAbW0MAG1tBABtbMW0AG1s_MTA0OWgAG1sybQAbWzdtABtb\
        N20AG1s0bQAbWyVwMSVkWAAbW20AG1s_MTA0OWwAG1syN20AG1syNG0AG1slcDElZEIAG1slcDElZEQAG1slcDElZEMAG1slcDEl\
        ZEEAGzgAG1slaSVwMSVkZAAbNwAKABtbMCU_JXA2JXQ7MSU7JT8lcDUldDsyJTslPyVwMiV0OzQlOyU_JXAxJXAzJXwldDs3JTtt\
        ABtbPzdoABtbPzdsABtbMUsAG1szOTs0OW0AG1szbQAbWzIzbQAbWyU_JXAxJXs4fSU8JXQzJXAxJWQlZSVwMSV7MjU2fSU8JXQz\
        ODs1OyVwMSVkJWUzODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZCU7bQAbWyU_\
        JXAxJXs4fSU8JXQ0JXAxJWQlZSVwMSV7MjU2fSU8JXQ0ODs1OyVwMSVkJWU0ODsyOyVwMSV7NjU1MzZ9JS8lZDslcDElezI1Nn0l\
        LyV7MjU1fSUmJWQ7JXAxJXsyNTV9JSYlZCU7bQABAAAAAAABAAQAAQAAAFJHQgA=
        """

    private static let paletteEntry = """
        b64:HgI1AA8ADwBpAW4BZGFya3Jvb20tMjU2fDI1NiBjb2xvdXJzIGZvciBhbnkgeHRlcm0tbGlrZSB0ZXJtaW5hbAAAAQAAAQAA\
        AAAAAAAAAQFQAAAA_____xgAAAD_____________________________________________________AAEAAAAAAQD__wAAAgD_\
        ____BAAMABAAFAD__x8AMAAyADYAPQD__z8ARgD__0oA__________________9OAFMA__9cAP_______2EAZgBrAHAA__95AH0A\
        _____4YAjAD_________________________________________________________________________________________\
        ____________________________________________________________________________kgD_______-bAKQA__-tAP__\
        __________________________-2ALkAxADHAP__yQD___________________________________________________8ABQH_\
        ____________________________________________________________________________________________________\
        ____________________________________________________________________________________________________\
        ____________________________________________________________________________________________________\
        ________CwH_______________________________________________________________________8QAf______________\
        ____________________GQH_______________________8eAf__________________________________________________\
        ________________________________________________JAFJAQcADQAbW0gbWzJKABtbSwAbW0oAG1slaSVwMSVkRwAbWyVp\
        JXAxJWQ7JXAyJWRIAAoAG1tIABtbPzI1bAAIABtbPzI1aAAbW0MAG1tBABtbMW0AG1s_MTA0OWgAG1sybQAbWzdtABtbN20AG1s0\
        bQAbWyVwMSVkWAAbW20AG1s_MTA0OWwAG1syN20AG1syNG0AG1slcDElZEIAG1slcDElZEQAG1slcDElZEMAG1slcDElZEEAGzgA\
        G1slaSVwMSVkZAAbNwAKABtbMCU_JXA2JXQ7MSU7JT8lcDUldDsyJTslPyVwMiV0OzQlOyU_JXAxJXAzJXwldDs3JTttABtbPzdo\
        ABtbPzdsABtbMUsAG1szOTs0OW0AG1szbQAbWzIzbQAbWyU_JXAxJXs4fSU8JXQzJXAxJWQlZTM4OzU7JXAxJWQlO20AG1slPyVw\
        MSV7OH0lPCV0NCVwMSVkJWU0ODs1OyVwMSVkJTttAA==
        """
}
