package importers

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"howett.net/plist"

	"daypass/auth/secret"
)

// cyberduck is Cyberduck and Mountain Duck: connection profiles and bookmarks, each a file of its own.
func cyberduck() format {
	return format{program: "Cyberduck", read: readCyberduck, places: func(c Computer) []string {
		var patterns []string
		for _, folder := range []string{
			c.config("Cyberduck"), c.home(".duck"),
			c.home("Library", "Group Containers", "G69SCX94XU.duck", "Library", "Application Support", "duck"),
		} {
			if folder != "" {
				patterns = append(patterns, folder+"/Profiles/*.cyberduckprofile", folder+"/profiles/*.cyberduckprofile",
					folder+"/Bookmarks/*.duck", folder+"/bookmarks/*.duck")
			}
		}
		return patterns
	}}
}

// roleProperty begins the property of a profile with the role to assume.
const roleProperty = "s3.assumerole.rolearn="

// document is a property list with a dictionary at its top.
type document map[string]any

// readCyberduck reads a profile or a bookmark. Both are XML; the binary form, which neither has, is not read.
func readCyberduck(data []byte) ([]entry, bool) {
	data = bytes.TrimSpace(withoutMark(data))
	if !bytes.HasPrefix(data, []byte("<")) {
		return nil, false
	}
	var d document
	if _, err := plist.Unmarshal(data, &d); err != nil || d.text("Protocol") == "" {
		return nil, false
	}
	if !strings.HasPrefix(d.text("Protocol"), "s3") {
		return nil, true
	}
	host := cmp.Or(d.text("Hostname"), d.text("Default Hostname"))
	e := entry{
		name:     cmp.Or(d.text("Nickname"), d.text("Default Nickname"), d.text("Description"), d.text("Vendor"), host),
		endpoint: withPort(host, cmp.Or(d.text("Port"), d.text("Default Port"))), stsEndpoint: d.text("STS Endpoint"), region: d.text("Region"),
		clientID: d.text("OAuth Client ID"), clientSecret: secret.New(d.text("OAuth Client Secret")),
		providerPage: d.text("OAuth Authorization Url"), scopes: d.list("Scopes"),
	}
	e.keys = e.clientID == "" && d.text("Username") != "" && d.text("Username") != "anonymous"
	for _, property := range d.list("Properties") {
		if role, is := strings.CutPrefix(property, roleProperty); is {
			e.role = role
		}
	}
	if e.endpoint == "" {
		e.endpoint = e.stsEndpoint // a profile without a host is for the server of its STS
	}
	return []entry{e}, true
}

// text returns a text or number of the document.
func (d document) text(key string) string {
	switch v := d[key].(type) {
	case string:
		return strings.TrimSpace(v)
	case uint64, int64:
		return fmt.Sprint(v)
	}
	return ""
}

// list returns the texts of a list.
func (d document) list(key string) []string {
	var all []string
	values, _ := d[key].([]any)
	for _, v := range values {
		if text, is := v.(string); is {
			all = append(all, text)
		}
	}
	return all
}
