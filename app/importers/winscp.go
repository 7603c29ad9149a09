package importers

import (
	"net/url"
	"os"
	"strings"
)

// winscp is WinSCP, where it has its settings in a file: it does so where it was unpacked rather than installed.
func winscp() format {
	return format{program: "WinSCP", read: readWinSCP, places: func(c Computer) []string {
		places := []string{c.config("WinSCP.ini")}
		for _, variable := range []string{"ProgramFiles", "ProgramFiles(x86)"} {
			if folder := c.Getenv(variable); folder != "" {
				places = append(places, folder+string(os.PathSeparator)+"WinSCP"+string(os.PathSeparator)+"WinSCP.ini")
			}
		}
		return places
	}}
}

// sitePrefix begins the names of the sections for sites, and winscpS3 is the number of the protocol.
const (
	sitePrefix = `Sessions\`
	winscpS3   = "7"
)

func readWinSCP(data []byte) ([]entry, bool) {
	var entries []entry
	ours := false
	for _, s := range parseINI(data).sections() {
		name, site := strings.CutPrefix(s.Name(), sitePrefix)
		ours = ours || site || strings.HasPrefix(s.Name(), `Configuration\`)
		if !site || value(s, "FSProtocol") != winscpS3 {
			continue
		}
		entries = append(entries, entry{
			name: siteName(name), endpoint: withPort(value(s, "HostName"), value(s, "PortNumber")),
			region: value(s, "S3DefaultRegion"), keys: value(s, "UserName") != "", role: value(s, "S3RoleArn"),
		})
	}
	return entries, ours
}

// siteName returns the name of a site without its folders.
func siteName(escaped string) string {
	name, err := url.PathUnescape(escaped)
	if err != nil {
		name = escaped
	}
	return name[strings.LastIndexByte(name, '/')+1:]
}
