package tools

import (
	"slices"
	"testing"
)

func TestMC_output(t *testing.T) {
	const alias = "MC_HOST_daypass_lake=https://AKID:se/cr+et=:to.ke-n_@minio.example:9000\n"
	notes := []string{"mc reads credentials from its own files only, so they are written to /own/mc.env, which only you can read."}
	toolTest{
		snippet: "export MC_CONFIG_ENV_FILE=/own/mc.env\nmc ls daypass_lake",
		notes:   notes,
		label:   "Alias for mc",
		formats: map[string]string{"mc": alias},
		files:   map[string]string{"/own/mc.env": alias},
	}.check(t, mc())
	s := testSetup()
	s.Access.CAFile = "/etc/own.pem"
	notes = append(notes, "Copy /etc/own.pem to ~/.mc/certs/CAs, where mc looks for certificate authorities. “daypass exec” does not need the copy.")
	if got := said(mc().Notes(s)); !slices.Equal(got, notes) {
		t.Errorf("%q", got)
	}
	if got := mcAlias("a.b-c"); got != "daypass_a_b_c" {
		t.Errorf("%s", got)
	}
}

func TestMC_clear(t *testing.T) {
	file := "MC_HOST_mine=https://a:b@c\nMC_HOST_daypass_a_b=https://K:s@e:t@one.example\nMC_HOST_daypass_lake=https://K:s:t@two.example\n"
	want := "MC_HOST_mine=https://a:b@c\nMC_HOST_daypass_a_b=https://one.example\nMC_HOST_daypass_lake=https://K:s:t@two.example\n"
	if got := string(mc().CredentialsFile.Clear([]byte(file), []string{"lake"})); got != want {
		t.Errorf("%s", got)
	}
}
