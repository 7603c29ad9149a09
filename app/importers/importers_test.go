package importers_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daypass/app/connection"
	"daypass/app/importers"
	"daypass/app/messages"
)

// told writes all that was read of a file on lines.
func told(all []importers.Candidate) (lines []string) {
	for _, c := range all {
		d := c.Definition
		line := fmt.Sprintf("%s: %s %s", c.Program, d.Name, d.Endpoint)
		for _, more := range []string{d.STSEndpoint, d.Region, d.CAFile, d.Keys.RoleARN, d.Provider.ClientID, strings.Join(d.Provider.Scopes, " "), c.ProviderPage} {
			if more != "" {
				line += " " + more
			}
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprint(line, c.Notes)))
	}
	return lines
}

// What each program writes, and what of it is taken.
func TestParse_filesOfPrograms(t *testing.T) {
	for file, want := range map[string][]string{
		"mc-config.json": {"MinIO Client: lake https://minio.example:9000[keys]"},
		"rclone.conf": {
			"rclone: lake https://minio.example:9000 eu-west-1[keys]", "rclone: ceph https://rgw.example[]",
			"rclone: amazon https://s3.eu-central-1.amazonaws.com eu-central-1[]",
		},
		"aws-config": {
			"AWS CLI: lake https://minio.example:9000 eu-west-1 /etc/ssl/company.pem[command]",
			"AWS CLI: both https://s3.company.example https://sts.company.example:8443[keys]",
			"AWS CLI: web https://s3.eu-central-1.amazonaws.com eu-central-1 arn:aws:iam::123456789012:role/reader[]",
			"AWS CLI: sso https://s3.eu-north-1.amazonaws.com eu-north-1[identity-center]",
		},
		"s3cfg":                {"s3cmd: minio.example:9000 https://minio.example:9000 eu-west-1 /etc/ssl/company.pem[keys]"},
		"WinSCP.ini":           {"WinSCP: Research lake https://minio.example:9000 eu-west-1[keys]"},
		"brows3-profiles.json": {"Brows3: Research lake https://minio.example:9000 eu-west-1[keys]"},
		"bookmark.duck":        {"Cyberduck: Ceph – team share https://rgw.example[keys]"},
		"company.cyberduckprofile": {"Cyberduck: Research lake https://minio.example:9000 arn:minio:iam:::role/abc desktop-app openid offline_access" +
			" https://login.example/realms/company/protocol/openid-connect/auth[]"},
	} {
		t.Run(file, func(t *testing.T) {
			all, err := importers.ReadFile(filepath.Join("testdata", file))
			if got := told(all); err != nil || !slices.Equal(got, want) {
				t.Errorf("%v\ngot  %s\nwant %s", err, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
			}
		})
	}
}

// No key, no password and no command of a file is in what is read of it.
func TestRule58_noSecretIsTaken(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("testdata", "*"))
	for _, file := range files {
		all, err := importers.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			text := fmt.Sprintf("%+v %s", c, c.Definition.Shared().Format())
			for _, secret := range []string{"wJalr", "A35C43", "get-credentials", "ya29", "AKIA", "=ada"} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: %q is in %s", file, secret, text)
				}
			}
		}
	}
}

// What is no file of these programs, or one without a server, says so.
func TestParse_refuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "agent.error.import-unknown",
		"hello":                              "agent.error.import-unknown",
		"{}":                                 "agent.error.import-unknown",
		"[core]\neditor = vi":                "agent.error.import-unknown",
		"[x]\ntype = drive":                  "agent.error.import-empty",
		`{"aliases":{}}`:                     "agent.error.import-empty",
		"[x]\ntype = s3\nendpoint = ftp://a": "agent.error.import-empty",
		"# Encrypted rclone configuration File\n\nRCLONE_ENCRYPT_V0:\nabcd": "agent.error.import-unknown",
		strings.Repeat(" ", importers.MaxFileSize+1):                        "agent.error.import-size",
	} {
		_, err := importers.Parse([]byte(text))
		if known, ok := err.(*messages.Error); !ok || known.Text.ID != want {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
	}
}

// The files of a user are found where the programs have them, each server once, and those that cannot be read are left
// out; a device in the place of a file is not opened.
func TestRule58_findsRegularFiles(t *testing.T) {
	home := t.TempDir()
	put := func(from string, to ...string) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join("testdata", from))
		path := filepath.Join(append([]string{home}, to...)...)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(path), 0o700)
		}
		if err == nil {
			err = os.WriteFile(path, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put("mc-config.json", ".mc", "config.json")
	put("mc-config.json", ".mcli", "config.json")
	put("rclone.conf", ".config", "rclone", "rclone.conf")
	put("bookmark.duck", ".config", "Cyberduck", "Bookmarks", "6f1b.duck")
	put("brows3-profiles.json", ".config", "com.brows3", "profiles.json")
	if err := os.MkdirAll(filepath.Join(home, ".s3cfg"), 0o700); err != nil {
		t.Fatal(err)
	}
	found := importers.Find(importers.Computer{Getenv: func(string) string { return "" }, Home: home, Config: filepath.Join(home, ".config")})
	want := []string{
		"MinIO Client: lake https://minio.example:9000[keys]", "Brows3: Research lake https://minio.example:9000 eu-west-1[keys]",
		"Cyberduck: Ceph – team share https://rgw.example[keys]", "rclone: lake https://minio.example:9000 eu-west-1[keys]",
		"rclone: ceph https://rgw.example[]", "rclone: amazon https://s3.eu-central-1.amazonaws.com eu-central-1[]",
	}
	if got := told(found); !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	if want := filepath.Join(home, ".mc", "config.json"); found[0].File != want {
		t.Errorf("the file is %s, want %s", found[0].File, want)
	}
	if nothing := importers.Find(importers.Computer{Getenv: func(string) string { return "" }}); len(nothing) > 0 {
		t.Errorf("without a home: %v", told(nothing))
	}
}

// What the file says stays, and a probe adds the rest.
func TestCandidate_completed(t *testing.T) {
	all, err := importers.ReadFile(filepath.Join("testdata", "company.cyberduckprofile"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := all[0].Hosts(), []string{"minio.example:9000", "login.example"}; !slices.Equal(got, want) {
		t.Errorf("the hosts are %v, want %v", got, want)
	}
	d := all[0].Completed(connection.Definition{
		Name: "minio.example", Endpoint: "https://minio.example:9000", Keys: connection.KeyRequest{RoleARN: connection.DeriveRoleARN},
		Provider: connection.Provider{Issuer: "https://login.example/realms/company"},
	})
	if err := d.Normalized().Validate(); err != nil {
		t.Error(err)
	}
	if d.Name != "Research lake" || d.Keys.RoleARN != "arn:minio:iam:::role/abc" || d.Provider.Issuer == "" || d.Provider.ClientSecret.IsZero() {
		t.Errorf("the connection is %+v", d)
	}
}

// Every note has words, and that on keys says which file holds them.
func TestNotes_haveWords(t *testing.T) {
	for _, n := range importers.Notes() {
		if text := messages.Current().Say(importers.Candidate{Program: "rclone"}.Message(n)); !strings.Contains(text, "rclone") {
			t.Errorf("%s: %s", n, text)
		}
	}
	if text := messages.Current().Say(importers.Candidate{Program: "rclone", File: "/home/ada/rclone.conf"}.Message(importers.HoldsKeys)); !strings.Contains(text, "/home/ada/rclone.conf still holds") {
		t.Error(text)
	}
}

// Whatever a file holds, what is taken can be shown, and is bounded.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "*.*"))
	for _, file := range append(files, filepath.Join("testdata", "aws-config"), filepath.Join("testdata", "s3cfg")) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := importers.Parse(data)
		if (err == nil) != (len(all) > 0) || len(all) > 200 {
			t.Fatalf("%d servers, %v", len(all), err)
		}
		for _, c := range all {
			for _, problem := range c.Definition.FieldErrors() {
				if problem.Field == "endpoint" {
					t.Errorf("%q: %v", c.Definition.Endpoint, problem)
				}
			}
			if strings.ContainsAny(c.Definition.Name+c.ProviderPage+c.Definition.Region, "\x00\n\r\u202e") {
				t.Errorf("%+q", told(all))
			}
		}
	})
}
