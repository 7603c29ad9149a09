package presets

import (
	"fmt"
	"strings"

	"daypass/app/messages"
)

// redirectPath is the path of redirect URIs where a connection names none.
const redirectPath = "/callback"

// Registration returns what an administrator sets up at the product, a sentence each, to copy.
func (p Product) Registration() []string {
	switch {
	case p.Unusable:
		return nil
	case p.Kind == Server && p.Roles:
		return []string{messages.Text("presets.register.role")}
	case p.Kind == Server:
		return []string{messages.Text("presets.register.policies")}
	}
	lines := []string{messages.Text("presets.register.client", messages.Args{"Type": p.Client})}
	if redirect := p.redirect(); redirect != "" {
		lines = append(lines, redirect)
	}
	return append(lines, messages.Text("presets.register.claim"))
}

func (p Product) redirect() string {
	host := p.Defaults.RedirectHost
	if host == "" {
		host = "127.0.0.1"
	}
	switch p.Redirect {
	case AnyPort:
		return messages.Text("presets.register.any-port", messages.Args{"URI": "http://" + host + redirectPath})
	case Pattern:
		return messages.Text("presets.register.pattern", messages.Args{"Pattern": `http://127\.0\.0\.1:\d+` + redirectPath})
	case ExactPorts:
		var uris []string
		for _, port := range p.Defaults.RedirectPorts {
			uris = append(uris, fmt.Sprintf("http://%s:%d%s", host, port, redirectPath))
		}
		return messages.Text("presets.register.exact", messages.Args{"URIs": strings.Join(uris, " ")})
	case None:
	}
	return ""
}
