package opener

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"daypass/auth/safetext"
)

// Kind is what a file is, as far as that matters before it is opened.
type Kind string

// The kinds of files that can run, or bring code with them.
const (
	// Harmless is every other file.
	Harmless Kind = ""

	// Systems run these when they are opened, or take them for an instruction; Open refuses them.
	Program   Kind = "program"
	Script    Kind = "script"
	Installer Kind = "installer"
	Shortcut  Kind = "shortcut"
	Setting   Kind = "settings"
	Disk      Kind = "disk-image"

	// The programs that show these may run what is in them, or go elsewhere with it; the user is asked first.
	Macros  Kind = "macros"
	Page    Kind = "page"
	Query   Kind = "query"
	Archive Kind = "archive"
)

// refused are the kinds that are not opened, the more dangerous ones first.
var refused = []Kind{Program, Script, Installer, Shortcut, Setting, Disk}

// Refused reports whether a file of the kind is not opened.
func (k Kind) Refused() bool {
	return slices.Contains(refused, k)
}

// Asked reports whether the user is asked before a file of the kind is opened.
func (k Kind) Asked() bool { return k != Harmless && !k.Refused() }

// extensions are those of each kind, without their dots.
var extensions = map[Kind]string{
	Program: "acm action ade adp app appimage application appref-ms chm class cpl com command dll drv dylib efi elf exe gadget hlp hta jar jnlp " +
		"kext mde ocx osax pif ppa ppam prefpane ps2 qlgenerator run saver scr so sys tool tsp vsto wdgt wll workflow xbap xla xlam xll",
	Script: "a3x ahk applescript au3 bash bat cjs cmd csh fish js jse ksh lua mjs msc msh msh1 msh1xml msh2 msh2xml mshxml php phtml pl pm ps1 " +
		"ps1xml ps2xml psc1 psc2 psd1 psm1 py pyc pyo pyw pyz pyzw rb rbw scpt scptd sct sh tcl tcsh vb vbe vbs vbscript ws wsc wsf wsh zsh",
	Installer: "apk appinstaller appx appxbundle cab crx deb diagcab diagcfg diagpkg flatpak flatpakref flatpakrepo ipa mpkg msi msix msixbundle " +
		"msp mst msu oxt pkg ppkg rpm snap vsix xpi",
	Shortcut: "afploc desktop directory fileloc ftploc inetloc kdelnk library-ms lnk mad maf mam maq mas mau mav maw mcf mda mdn mdt mdw mdz " +
		"rdp remmina scf search-ms searchconnector-ms shb shortcut shs terminal url vncloc webloc website",
	Setting: "cnt configprofile deskthemepack grp inf ins isp mobileconfig pcd reg settingcontent-ms theme themepack",
	Disk:    "dmg img imz iso nrg qcow2 sparsebundle sparseimage squashfs toast udf vdi vhd vhdx vmdk wim",
	Macros: "accda accdb accde accdr accdt accdu doc docm dot dotm mdb mpp mpt odb one onepkg pot potm pps ppsm ppt pptm pub rtf sldm vdw vdx vsd " +
		"vsdm vss vssm vst vstm wbk wiz wps wri xlb xlc xlk xlm xls xlsb xlsm xlt xltm xlw",
	Page:  "asp aspx htc htm html jsp maff mht mhtml shtml svg svgz swf webarchive xht xhtm xhtml xsl xslt",
	Query: "atomsvc dif dqy dsn iqy odc oqy ppsource rqy slk udl",
	Archive: "7z ace ar arc arj br bz bz2 cpio eml gz lha lz lz4 lzh lzma lzo mim msg r00 rar sit sitx tar taz tbz tbz2 tgz tlz txz tzst uu uue xar " +
		"xxe xz z zip zipx zoo zst",
}

var kindOfExtension = index()

func index() map[string]Kind {
	kinds := map[string]Kind{}
	for kind, all := range extensions {
		for _, extension := range strings.Fields(all) {
			kinds[extension] = kind
		}
	}
	return kinds
}

// KindOf returns what a file of that name is. A name is read as the most careless system reads it: without regard to
// case, invisible characters, wide letters, and dots and spaces at its end.
func KindOf(name string) Kind {
	extension := extensionOf(name)
	if strings.HasPrefix(extension, "{") { // Windows takes the number of a class for an extension
		return Program
	}
	return kindOfExtension[extension]
}

func extensionOf(name string) string {
	seen := strings.Map(func(r rune) rune {
		if safetext.Invisible(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(name))
	seen = strings.TrimRightFunc(seen, func(r rune) bool { return r == '.' || r == ':' || unicode.IsSpace(r) })
	dot := strings.LastIndexAny(seen, "./\\")
	if dot < 0 || seen[dot] != '.' {
		return ""
	}
	extension, _, _ := strings.Cut(strings.ToLower(seen[dot+1:]), ":") // of a stream of the file
	return strings.TrimSpace(extension)
}
