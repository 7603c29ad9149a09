package connection

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Ports returns the ports in a text, which are divided as scopes are. The error is a *FieldError.
func Ports(typed string) ([]int, error) {
	var ports []int
	for _, word := range Scopes(typed) {
		port, err := strconv.Atoi(word)
		if err != nil {
			return nil, &FieldError{"login.redirect_ports", text("port", "Port", word)}
		}
		ports = append(ports, port)
	}
	return ports, nil
}

// Age returns the duration in a text: one such as 8h, 90 min or 7d, or a number of seconds, as max_age has it in a request.
// It is zero for an empty text. The error is a *FieldError.
func Age(typed string) (time.Duration, error) {
	invalid := &FieldError{"login.max_age", text("max-age")}
	parts := age.FindStringSubmatch(strings.ToLower(strings.TrimSpace(typed)))
	switch {
	case strings.TrimSpace(typed) == "":
		return 0, nil
	case parts == nil:
		d, err := time.ParseDuration(strings.TrimSpace(typed))
		if err != nil || d <= 0 {
			return 0, invalid
		}
		return d, nil
	}
	n, err := strconv.ParseInt(parts[1], 10, 32)
	if d := time.Duration(n) * ageUnits[parts[2]]; err == nil && d > 0 {
		return d, nil
	}
	return 0, invalid
}

// age is a number and a unit of ageUnits.
var age = regexp.MustCompile(`^(\d+)\s*([a-z]*)$`)

var ageUnits = map[string]time.Duration{
	"": time.Second, "s": time.Second, "sec": time.Second, "m": time.Minute, "min": time.Minute, "h": time.Hour, "d": 24 * time.Hour,
}

// Parameters returns the parameters in a text, each as name=value: one on a line, or several that blanks, commas or &
// divide. Quotes and braces around them, as in a connection file, are left out. The error is a *FieldError.
func Parameters(typed string) (map[string]string, error) {
	parameters := map[string]string{}
	for line := range strings.Lines(withoutBraces(typed)) {
		for _, pair := range pairs(strings.TrimSpace(line)) {
			name, value, found := strings.Cut(pair, "=")
			name, value = unquoted(name), unquoted(value)
			_, twice := parameters[name]
			switch {
			case !found || name == "":
				return nil, &FieldError{"login.extra_parameters", text("parameter")}
			case twice:
				return nil, &FieldError{"login.extra_parameters", text("parameter-repeated", "Parameter", name)}
			}
			parameters[name] = value
		}
	}
	return parameters, nil
}

func withoutBraces(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		return s[1 : len(s)-1]
	}
	return s
}

// pairs divides a line where each part of it is a parameter of its own; values may have blanks and commas in them too.
func pairs(line string) []string {
	if line == "" {
		return nil
	}
	parts := strings.FieldsFunc(spacedEquals.ReplaceAllString(line, "="), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;&", r)
	})
	for _, part := range parts {
		if !parameterPair.MatchString(part) {
			return []string{line}
		}
	}
	return parts
}

var (
	spacedEquals  = regexp.MustCompile(`\s*=\s*`)
	parameterPair = regexp.MustCompile(`^["']?[\w.-]+["']?=("[^"]*"|'[^']*'|[^"']*)$`)
)

// unquoted is a text without the blanks and quotes around it.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	for _, quote := range []string{`"`, "'"} {
		if len(s) > 1 && strings.HasPrefix(s, quote) && strings.HasSuffix(s, quote) {
			return s[1 : len(s)-1]
		}
	}
	return s
}
