// Package importers reads which S3 servers other programs are set up for, so that nobody has to type an address again.
// It reads files and nothing else: it runs no command that a file names, and returns no key and no password (rule 58).
package importers

import (
	"cmp"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"daypass/app/connection"
	"daypass/app/durable"
	"daypass/app/messages"
	"daypass/app/presets"
	"daypass/app/setup"
	"daypass/auth/safetext"
	"daypass/auth/secret"
)

// MaxFileSize bounds the files that are read, in bytes.
const MaxFileSize = 1 << 20

// maxCandidates bounds how many servers are taken from one file, and maxName the letters of a name.
const (
	maxCandidates = 200
	maxName       = 60
)

// Candidate is a server that another program is set up for.
type Candidate struct {
	// Program is the name of that program, and File the path of its file; empty where it was not read from a file.
	Program, File string
	// Definition is the connection as far as the file tells: it has at least an endpoint, and no ID.
	Definition connection.Definition
	// ProviderPage is an address at the identity provider, from which its issuer follows; empty where the file has none.
	ProviderPage string
	// Notes are what to know of the entry.
	Notes []Note
}

// Note is something in an entry that Daypass does not take over.
type Note string

// The notes.
const (
	// HoldsKeys is an entry with access keys that do not expire.
	HoldsKeys Note = "keys"
	// NamesCommand is an entry with a command that prints credentials or a password.
	NamesCommand Note = "command"
	// UsesIdentityCenter is an entry for AWS IAM Identity Center, which is no provider that an S3 server asks.
	UsesIdentityCenter Note = "identity-center"
)

// Notes returns all notes.
func Notes() []Note { return []Note{HoldsKeys, NamesCommand, UsesIdentityCenter} }

// Message returns a sentence on a note of c.
func (c Candidate) Message(n Note) messages.Message {
	if n == HoldsKeys && c.File != "" {
		return messages.Message{ID: "connections.found.note.keys-file", Args: map[string]string{"File": safetext.Name(c.File)}}
	}
	return messages.Message{ID: "connections.found.note." + string(n), Args: map[string]string{"Program": c.Program}}
}

// Explain returns why a file is neither a connection file nor one of another program: err, of reading it as a connection
// file, unless foreign, of reading it as another program's, says more. It returns nil where foreign is nil.
func Explain(err, foreign error) error {
	if known, ok := errors.AsType[*messages.Error](foreign); ok && known.Text.ID == emptyID {
		return foreign
	}
	if foreign == nil {
		return nil
	}
	return err
}

// Hosts returns the hosts that a probe of c asks: that of the server and, where the file names one, of the provider.
func (c Candidate) Hosts() []string {
	var hosts []string
	for _, address := range []string{c.Definition.Endpoint, c.ProviderPage} {
		if u, err := url.Parse(address); err == nil && u.Host != "" && !slices.Contains(hosts, u.Host) {
			hosts = append(hosts, u.Host)
		}
	}
	return hosts
}

// ProbeOptions returns how the server of c is probed: the user has agreed that its hosts are asked, and others in confirmed.
func (c Candidate) ProbeOptions(confirmed []string, report func(setup.Step)) setup.Options {
	o := setup.Options{
		CAFile: c.Definition.CAFile, ClientID: c.Definition.Provider.ClientID, ProviderPage: c.ProviderPage,
		Confirmed: slices.Concat(c.Hosts(), confirmed), Report: report,
	}
	if c.Definition.Provider.Issuer != "" {
		o.ProviderPage = c.Definition.Provider.Issuer
	}
	return o
}

// With returns c with what a user says of it in place of what the file does; the server is always that of the file.
func (c Candidate) With(said connection.Definition) Candidate {
	c.Definition = merged(said, c.Definition)
	return c
}

// Completed returns the connection of c with what a probe has found where the file does not tell. The server is where the
// probe found it: the file may have lacked its port.
func (c Candidate) Completed(found connection.Definition) connection.Definition {
	return merged(c.Definition, found)
}

// merged returns other with what first has, but for the endpoint.
func merged(first, other connection.Definition) connection.Definition {
	d := other
	d.Name, d.Endpoint = cmp.Or(first.Name, d.Name), cmp.Or(d.Endpoint, first.Endpoint)
	d.STSEndpoint, d.Region, d.CAFile = cmp.Or(first.STSEndpoint, d.STSEndpoint), cmp.Or(first.Region, d.Region), cmp.Or(first.CAFile, d.CAFile)
	d.Keys.RoleARN, d.Keys.Duration = cmp.Or(first.Keys.RoleARN, d.Keys.RoleARN), cmp.Or(first.Keys.Duration, d.Keys.Duration)
	p := first.Provider
	d.Provider.Issuer, d.Provider.ClientID = cmp.Or(p.Issuer, d.Provider.Issuer), cmp.Or(p.ClientID, d.Provider.ClientID)
	d.Provider.StaySignedIn = p.StaySignedIn
	if !p.ClientSecret.IsZero() {
		d.Provider.ClientSecret = p.ClientSecret
	}
	if len(p.Scopes) > 0 {
		d.Provider.Scopes = p.Scopes
	}
	return d
}

// Lacking returns those of the keys that a probe has found missing which def does not have either.
func Lacking(def connection.Definition, missing []string) []string {
	has := map[string]bool{
		"login.issuer": def.Provider.Issuer != "", "login.client_id": def.Provider.ClientID != "", presets.RoleARN: def.Keys.RoleARN != "",
		presets.STSEndpoint: def.STSEndpoint != "", presets.Region: def.Region != "", "ca_file": def.CAFile != "",
		presets.ClientSecret: !def.Provider.ClientSecret.IsZero(),
	}
	return slices.DeleteFunc(slices.Clone(missing), func(key string) bool { return has[key] })
}

// format is the format of one program's files.
type format struct {
	program string
	// places are the patterns of the paths at which a program of the user has its files.
	places func(Computer) []string
	// read returns the entries of a file, and false where it is of another format.
	read func(data []byte) ([]entry, bool)
}

// formats are in the order in which a file is tried: the first ones are told by what only they have.
func formats() []format {
	return []format{mc(), brows3(), cyberduck(), rclone(), winscp(), s3cmd(), aws()}
}

// Programs returns the names of the programs whose files can be read.
func Programs() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.program)
	}
	return names
}

// entry is one server in a file, as the file names it.
type entry struct {
	name, endpoint, stsEndpoint, region, caFile, role string
	clientID, providerPage                            string
	clientSecret                                      secret.Secret
	scopes                                            []string
	keys, command, identityCenter                     bool
}

// emptyID is the text on a file of another program that names no server.
const emptyID = "agent.error.import-empty"

// Parse returns the servers in a file of another program, which is known by what is in it.
func Parse(data []byte) ([]Candidate, error) {
	if len(data) > MaxFileSize {
		return nil, messages.NewError(durable.ErrTooLarge, "agent.error.import-size")
	}
	for _, f := range formats() {
		if entries, ours := f.read(data); ours {
			candidates := f.candidates(entries)
			if len(candidates) == 0 {
				return nil, messages.NewError(nil, emptyID, "Program", f.program)
			}
			return candidates, nil
		}
	}
	return nil, messages.NewError(nil, "agent.error.import-unknown")
}

// ReadFile returns the servers in the regular file of another program at path.
func ReadFile(path string) ([]Candidate, error) {
	data, err := durable.ReadFile(path, MaxFileSize)
	if err != nil {
		return nil, err
	}
	candidates, err := Parse(data)
	for i := range candidates {
		candidates[i].File = path
	}
	return candidates, err
}

// Find returns the servers that the programs of a user are set up for, each once, without those that Daypass itself has
// set up in them. What cannot be read is left out.
func Find(c Computer) []Candidate {
	var found []Candidate
	for _, f := range formats() {
		for _, path := range c.files(f.places(c)) {
			for _, candidate := range f.readFile(path) {
				if !slices.ContainsFunc(found, candidate.same) {
					found = append(found, candidate)
				}
			}
		}
	}
	return found
}

func (f format) readFile(path string) []Candidate {
	data, err := durable.ReadFile(path, MaxFileSize)
	if err != nil {
		return nil
	}
	entries, _ := f.read(data)
	candidates := f.candidates(entries)
	for i := range candidates {
		candidates[i].File = path
	}
	return candidates
}

// same reports whether two candidates are one to the user: an AWS profile for each bucket of a server, for instance.
func (c Candidate) same(other Candidate) bool {
	return c.Definition.Endpoint == other.Definition.Endpoint && c.Definition.Name == other.Definition.Name && c.Program == other.Program
}

// candidates returns those of entries whose server can be reached by a connection.
func (f format) candidates(entries []entry) []Candidate {
	var all []Candidate
	for _, e := range entries {
		if c, usable := e.candidate(f.program); usable {
			all = append(all, c)
		}
		if len(all) == maxCandidates {
			break
		}
	}
	return all
}

// candidate returns e as a connection, and false where it is none: it is for no server, or Daypass wrote it.
func (e entry) candidate(program string) (Candidate, bool) {
	server, problem := connection.Lead(e.endpoint)
	if problem.ID != "" || e.ours(server) {
		return Candidate{}, false
	}
	base := url.URL{Scheme: server.Scheme, Host: server.Host}
	c := Candidate{Program: program, Definition: e.definition(base.String())}
	if page, problem := connection.Lead(e.providerPage); problem.ID == "" {
		c.ProviderPage = page.String()
	}
	for note, has := range map[Note]bool{HoldsKeys: e.keys, NamesCommand: e.command, UsesIdentityCenter: e.identityCenter} {
		if has {
			c.Notes = append(c.Notes, note)
		}
	}
	slices.Sort(c.Notes)
	return c, true
}

// ours reports whether Daypass wrote an entry, or it is for the public playground that some programs come with.
func (e entry) ours(server *url.URL) bool {
	return slices.Contains([]string{"daypass", "play"}, e.name) || server.Hostname() == "play.min.io" ||
		strings.HasPrefix(e.name, "daypass-") || strings.HasPrefix(e.name, "daypass_")
}

func (e entry) definition(endpoint string) connection.Definition {
	d := connection.Definition{
		Name: safetext.Line(strings.TrimSpace(e.name), maxName), Endpoint: endpoint, STSEndpoint: withoutPath(e.stsEndpoint),
		Region: plain(e.region), CAFile: absolute(e.caFile),
	}
	if d.STSEndpoint == endpoint {
		d.STSEndpoint = ""
	}
	d.Keys.RoleARN = plain(e.role)
	d.Provider = connection.Provider{ClientID: plain(e.clientID), ClientSecret: e.clientSecret, StaySignedIn: true}
	for _, scope := range e.scopes {
		d.Provider.Scopes = append(d.Provider.Scopes, connection.Scopes(plain(scope))...)
	}
	return d
}

// withoutPath returns the address of a server alone; empty where text is none.
func withoutPath(text string) string {
	u, problem := connection.Lead(text)
	if problem.ID != "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host}).String()
}

// plain returns a value of a file; empty where it holds what cannot be seen.
func plain(value string) string {
	value = strings.TrimSpace(value)
	if safetext.HasInvisible(value) {
		return ""
	}
	return value
}

// absolute returns the path of a file; empty where it is not absolute.
func absolute(path string) string {
	if path = plain(path); filepath.IsAbs(path) {
		return path
	}
	return ""
}

// withPort returns an address made of a host and a port, which may be the usual one or missing.
func withPort(host, port string) string {
	if host == "" || port == "" || port == "0" || port == "443" || port == "80" || strings.Contains(host, ":") {
		return host
	}
	return net.JoinHostPort(host, port)
}
