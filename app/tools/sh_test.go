package tools

import (
	"os/exec"
	"testing"

	"daypass/auth/secret"
)

func TestSh_output(t *testing.T) {
	toolTest{
		snippet: `eval "$(daypass env lake)"`,
		label:   "Environment for sh, bash, zsh",
		formats: map[string]string{"env": "...\nexport AWS_ACCESS_KEY_ID='AKID'\n"},
	}.check(t, posixShell())
	for word, want := range map[string]string{"a/b-c.d": "a/b-c.d", "": "''", "a b": "'a b'", "it's": `'it'\''s'`} {
		if got := ShellWord(word); got != want {
			t.Errorf("%q became %s", word, got)
		}
	}
}

// Each shell gives the value back, and runs nothing of it.
func TestShellLines_readByShells(t *testing.T) {
	a := keys()
	a.SecretAccessKey = secret.New(odd)
	for shell, format := range map[string]string{"sh": "env", "bash": "env", "zsh": "env", "fish": "fish"} {
		text, err := Encode(format, a, Command{})
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(shell, "-c", string(text)+"printenv AWS_SECRET_ACCESS_KEY\nprintenv AWS_ENDPOINT_URL_S3")
		cmd.Dir = t.TempDir()
		out, err := cmd.CombinedOutput()
		if err != nil || string(out) != odd+"\nhttps://minio.example:9000\n" {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
}
