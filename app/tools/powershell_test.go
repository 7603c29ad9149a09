package tools

import "testing"

func TestPowerShell_output(t *testing.T) {
	toolTest{
		snippet: "daypass env lake --shell powershell | Out-String | Invoke-Expression",
		label:   "Environment for PowerShell",
		formats: map[string]string{"powershell": "...\n$Env:AWS_ACCESS_KEY_ID = 'AKID'\n"},
	}.check(t, powerShell())
	s := testSetup()
	s.Daypass = "/opt/ada's tools/daypass"
	if got := powerShell().Snippet(s); got != "& '/opt/ada''s tools/daypass' env lake --shell powershell | Out-String | Invoke-Expression" {
		t.Errorf("%s", got)
	}
	if got := powerShellSet(Variable{"X", "a'b\u2019c$d`e"}); got != "$Env:X = 'a''b\u2019\u2019c$d`e'" {
		t.Errorf("%s", got)
	}
}
