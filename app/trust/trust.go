// Package trust stores which sites of identity providers the user has confirmed.
package trust

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"daypass/app/connection"
	"daypass/app/durable"
	"daypass/auth"
)

// maxTrustFile bounds the file of what was confirmed, in bytes.
const maxTrustFile = 1 << 20

// Sites are what is known of the sites of identity providers: the issuers of all connections, and the
// further hosts that the user has confirmed for each. They are not part of a connection, whose file may
// come from anybody, and end with it. Their methods may be called from several goroutines.
type Sites struct {
	path string // empty: in memory only

	mu          sync.Mutex
	issuers     map[string]string // by connection
	confirmed   map[string]confirmation
	unavailable error // the file cannot be used, and is left as it is
}

// confirmation is what the user has confirmed for one connection, while its issuer is this one.
type confirmation struct {
	Issuer string   `json:"issuer"`
	Hosts  []string `json:"hosts"`
}

// trustFile is the format on disk.
type trustFile struct {
	Version     int                     `json:"version"`
	Connections map[string]confirmation `json:"connections"`
}

const trustVersion = 1

// Open reads the file at path. One that cannot be used confirms nothing.
func Open(path string) *Sites {
	t := &Sites{path: path, issuers: map[string]string{}, confirmed: map[string]confirmation{}}
	if path == "" {
		return t
	}
	f, err := readTrust(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		t.unavailable = err
	case f.Connections != nil:
		t.confirmed = f.Connections
	}
	return t
}

func readTrust(path string) (trustFile, error) {
	var out trustFile
	info, err := os.Stat(path)
	if err != nil {
		return out, err
	}
	if !info.Mode().IsRegular() {
		return out, errors.New("it is not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return out, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxTrustFile))
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(text, &out); err != nil {
		return out, errors.New("it is not valid JSON")
	}
	if out.Version != trustVersion {
		return trustFile{}, fmt.Errorf("it has version %d, and this Daypass reads version %d", out.Version, trustVersion)
	}
	return out, nil
}

// Unavailable returns why the file cannot be used; nil where it can. It is left as it is then.
func (t *Sites) Unavailable() error { return t.unavailable }

// Of returns what the client of one connection is to know.
func (t *Sites) Of(def connection.Definition) auth.Trust {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.issuers[def.ID] = def.Provider.Issuer
	return auth.Trust{
		Confirmed: func(host string) bool { return t.isConfirmed(def, host) },
		Others:    func() []auth.Site { return t.others(def.ID) },
	}
}

func (t *Sites) isConfirmed(def connection.Definition, host string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.confirmed[def.ID]
	return c.Issuer == def.Provider.Issuer && slices.Contains(c.Hosts, host)
}

func (t *Sites) others(id string) []auth.Site {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []auth.Site
	for other, issuer := range t.issuers {
		if other == id {
			continue
		}
		site := auth.Site{Issuer: issuer}
		if c := t.confirmed[other]; c.Issuer == issuer {
			site.Hosts = c.Hosts
		}
		all = append(all, site)
	}
	return all
}

// Confirm remembers hosts for a connection. It fails where they could not be stored, and they count
// until the program ends all the same.
func (t *Sites) Confirm(id string, hosts []string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.confirmed[id]
	if c.Issuer != t.issuers[id] {
		c = confirmation{Issuer: t.issuers[id]}
	}
	for _, host := range hosts {
		if !slices.Contains(c.Hosts, host) {
			c.Hosts = append(slices.Clip(c.Hosts), host)
		}
	}
	t.confirmed[id] = c
	return t.write()
}

// Remove removes what is known of a connection.
func (t *Sites) Remove(id string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.issuers, id)
	if _, there := t.confirmed[id]; !there {
		return nil
	}
	delete(t.confirmed, id)
	return t.write()
}

func (t *Sites) write() error {
	if t.path == "" {
		return nil
	}
	if t.unavailable != nil {
		return fmt.Errorf("the file of confirmed sites cannot be used: %w", t.unavailable)
	}
	text, err := json.MarshalIndent(trustFile{trustVersion, t.confirmed}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(t.path), 0o700); err != nil {
		return err
	}
	return durable.WriteFile(t.path, append(text, '\n'))
}
