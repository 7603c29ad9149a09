package connection

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"daypass/app/messages"
	"daypass/auth/secret"
)

// Extension ends the name of every connection file.
const Extension = ".daypass"

// MaxFileSize bounds a connection file, in bytes.
const MaxFileSize = 64 << 10

// formatVersion is the version of the file format that this program reads and writes.
const formatVersion = 1

// file is the format on disk. A pointer distinguishes an absent key from a zero.
type file struct {
	Version     int          `toml:"version"`
	Name        string       `toml:"name"`
	Endpoint    string       `toml:"endpoint"`
	STSEndpoint string       `toml:"sts_endpoint"`
	Region      string       `toml:"region"`
	CAFile      string       `toml:"ca_file"`
	Source      string       `toml:"source"`
	Provider    fileProvider `toml:"login"`
	Keys        fileKeys     `toml:"keys"`
}

type fileProvider struct {
	Issuer          string            `toml:"issuer"`
	ClientID        string            `toml:"client_id"`
	ClientSecret    string            `toml:"client_secret"`
	Scopes          []string          `toml:"scopes"`
	StaySignedIn    *bool             `toml:"stay_signed_in"`
	ACRValues       []string          `toml:"acr_values"`
	MaxAge          string            `toml:"max_age"`
	LoginHint       string            `toml:"login_hint"`
	Prompt          string            `toml:"prompt"`
	ExtraParameters map[string]string `toml:"extra_parameters"`
	RedirectHost    string            `toml:"redirect_host"`
	RedirectPorts   []int             `toml:"redirect_ports"`
	RedirectPath    string            `toml:"redirect_path"`
}

type fileKeys struct {
	Duration        string `toml:"duration"`
	RoleARN         string `toml:"role_arn"`
	Policy          string `toml:"policy"`
	SendAccessToken bool   `toml:"send_access_token"`
}

// Parse reads a connection file. What it returns is normalized and valid, and has no ID. An error
// about one key is a *FieldError. A key that this version does not know is an error too: leaving
// out what somebody wrote could leave out what protects them.
//
// stay_signed_in is true where the file does not say.
func Parse(data []byte) (Definition, error) {
	if len(data) > MaxFileSize {
		return Definition{}, messages.NewError(nil, "agent.connection.file-size", "Max", strconv.Itoa(MaxFileSize>>10))
	}
	if err := checkVersion(data); err != nil {
		return Definition{}, err
	}
	var f file
	meta, err := toml.Decode(string(data), &f)
	if err != nil {
		return Definition{}, tomlError(err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Definition{}, unknownKey(unknown[0])
	}
	def, err := f.definition()
	if err != nil {
		return Definition{}, err
	}
	def = def.Normalized()
	if err := def.Validate(); err != nil {
		return Definition{}, err
	}
	return def, nil
}

// checkVersion comes first, since a later version may have keys and types unknown here.
func checkVersion(data []byte) error {
	var f struct {
		Version any `toml:"version"`
	}
	if _, err := toml.Decode(string(data), &f); err != nil {
		return tomlError(err)
	}
	switch v := f.Version.(type) {
	case nil:
		return &FieldError{"version", text("version-missing", "Version", strconv.Itoa(formatVersion))}
	case int64:
		if v == formatVersion {
			return nil
		}
		if v > formatVersion {
			return &FieldError{"version", text("version-newer", "Version", strconv.FormatInt(v, 10))}
		}
	}
	return &FieldError{"version", text("version", "Version", strconv.Itoa(formatVersion))}
}

func tomlError(err error) error {
	var p toml.ParseError
	if errors.As(err, &p) {
		return messages.NewError(nil, "agent.connection.toml-line", "Line", strconv.Itoa(p.Position.Line), "Error", p.Message)
	}
	return messages.NewError(nil, "agent.connection.toml", "Error", strings.TrimPrefix(err.Error(), "toml: "))
}

func (f file) definition() (Definition, error) {
	duration, err := parseDuration("keys.duration", f.Keys.Duration, text("duration"))
	if err != nil {
		return Definition{}, err
	}
	maxAge, err := parseDuration("login.max_age", f.Provider.MaxAge, text("max-age"))
	if err != nil {
		return Definition{}, err
	}
	return Definition{
		Name: f.Name, Endpoint: f.Endpoint, STSEndpoint: f.STSEndpoint, Region: f.Region, CAFile: f.CAFile, Source: f.Source,
		Provider: f.Provider.provider(maxAge),
		Keys: KeyRequest{
			Duration: duration, RoleARN: f.Keys.RoleARN,
			Policy: f.Keys.Policy, SendAccessToken: f.Keys.SendAccessToken,
		},
	}, nil
}

func (l fileProvider) provider(maxAge time.Duration) Provider {
	return Provider{
		Issuer: l.Issuer, ClientID: l.ClientID, ClientSecret: secret.New(l.ClientSecret),
		Scopes: l.Scopes, StaySignedIn: l.StaySignedIn == nil || *l.StaySignedIn, ExtraParameters: l.ExtraParameters,
		ACRValues: l.ACRValues, MaxAge: maxAge, LoginHint: l.LoginHint, Prompt: l.Prompt,
		RedirectHost: l.RedirectHost, RedirectPorts: l.RedirectPorts, RedirectPath: l.RedirectPath,
	}
}

func parseDuration(field, s string, reason messages.Message) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d == 0 {
		return 0, &FieldError{field, reason}
	}
	return d, nil
}

// FormatDuration writes d as time.Duration does, without the zero minutes and seconds at its end.
func FormatDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// Format writes d as a connection file, with comments, always in the same order, and without what
// is empty. Parse returns d again, but for its ID. The client secret is in it: see Provider.ClientSecret.
func (d Definition) Format() []byte {
	return d.format("# A Daypass connection. It contains no secrets, so you can share it.")
}

// Canonical returns the bytes that identify d: those of Format in the first version of Daypass. They never change, since
// stored sessions are found by them.
func (d Definition) Canonical() []byte {
	return d.format("# A Daypass connection. It holds no secret; pass it on as it is.")
}

func (d Definition) format(comment string) []byte {
	w := &writer{}
	w.line("%s", comment)
	w.line("version = %d", formatVersion)
	w.text("name", d.Name)
	w.text("endpoint", d.Endpoint)
	w.optional("sts_endpoint", d.STSEndpoint)
	w.optional("region", d.Region)
	w.optional("ca_file", d.CAFile)
	w.optional("source", d.Source)
	w.line("\n[login]")
	d.Provider.format(w)
	w.line("\n[keys]")
	d.Keys.format(w)
	return w.Bytes()
}

func (l Provider) format(w *writer) {
	w.text("issuer", l.Issuer)
	w.text("client_id", l.ClientID)
	if !l.ClientSecret.IsZero() {
		w.line("# Public, as is every secret that is given out with a desktop program (RFC 8252 section 8.5).")
		w.text("client_secret", l.ClientSecret.Reveal())
	}
	w.list("scopes", l.Scopes)
	w.line("stay_signed_in = %t", l.StaySignedIn)
	w.list("acr_values", l.ACRValues)
	if l.MaxAge != 0 {
		w.text("max_age", FormatDuration(l.MaxAge))
	}
	w.optional("login_hint", l.LoginHint)
	w.optional("prompt", l.Prompt)
	w.table("extra_parameters", l.ExtraParameters)
	w.optional("redirect_host", l.RedirectHost)
	w.numbers("redirect_ports", l.RedirectPorts)
	w.optional("redirect_path", l.RedirectPath)
}

func (k KeyRequest) format(w *writer) {
	if k.Duration != 0 {
		w.text("duration", FormatDuration(k.Duration))
	}
	w.optional("role_arn", k.RoleARN)
	w.optional("policy", k.Policy)
	if k.SendAccessToken {
		w.line("send_access_token = true")
	}
}

// unknownKey says which key is not known, and which one may have been meant.
func unknownKey(key toml.Key) error {
	field := strings.Join(key, ".")
	if !plain(field) {
		field = strconv.QuoteToASCII(field)
	}
	if meant := nearestKey(field); meant != "" {
		return &FieldError{field, text("unknown-similar", "Similar", meant)}
	}
	return &FieldError{field, text("unknown")}
}
