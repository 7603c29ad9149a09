package cmdline

import "testing"

// A command line shows which program it runs.
func TestLine_runs(t *testing.T) {
	scripts := map[string]string{
		"up.sh": "#!/bin/sh\nset -e\n/usr/local/bin/mc cp a b\n", "train.py": "import boto3\n", "tool.py": "#!/usr/bin/python3\n# like mc\n", "wrap": "#!/usr/bin/env bash\nexec rclone sync\n",
	}
	script := func(path string) string { return scripts[path] }
	tests := []struct {
		args []string
		runs string
		not  string
	}{
		{[]string{"mc", "ls"}, "mc", "aws"},
		{[]string{"/usr/bin/mc", "cp", "aws", "rclone"}, "mc", "aws"},
		{[]string{"C:/tools/Mc.exe", "ls"}, "mc", "aws"},
		{[]string{"nice", "-n", "10", "mc", "ls"}, "mc", "aws"},
		{[]string{"env", "A=b", "timeout", "10", "aws", "s3", "ls"}, "aws", "mc"},
		{[]string{"sh", "-c", "cd /x && aws s3 ls|grep a"}, "aws", "mc"},
		{[]string{"nohup", "bash", "-c", `x="$(mc ls)"`}, "mc", "aws"},
		{[]string{"sh", "up.sh"}, "mc", "aws"},
		{[]string{"wrap", "x"}, "rclone", "mc"},
		{[]string{"time", "wrap"}, "rclone", "mc"},
		{[]string{"python3", "train.py", "mc"}, "python3", "mc"},
		{[]string{"bash"}, "bash", "mc"},
		{[]string{"sh", "-c", `exec "$@"`, "sh", "tool.py"}, "tool.py", "mc"},
	}
	for _, tt := range tests {
		c := Read(tt.args, script)
		if !c.Runs(tt.runs) || c.Runs(tt.not) {
			t.Errorf("%q runs %q", tt.args, c.Programs)
		}
	}
	scripts["dvc"], scripts["load"] = "#!/opt/venv/bin/python3.13\nfrom dvc.cli import main\n", "#!/usr/bin/env python3\nimport boto3\n"
	for program, want := range map[string]string{"dvc": "/opt/venv/bin/python3.13", "load": "python3", "up.sh": "", "mc": ""} {
		if c := Read([]string{program, "dvc"}, script); c.Interpreter != want || c.Runs("python") != (want != "") {
			t.Errorf("%s is run by %q", program, c.Interpreter)
		}
	}
	if !Read([]string{"zsh"}, script).Shell() || Read([]string{"mc"}, script).Shell() {
		t.Error("a shell is not told from other programs")
	}
}
