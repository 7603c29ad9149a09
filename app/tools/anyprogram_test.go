package tools

import "testing"

func TestAnyProgram_output(t *testing.T) {
	toolTest{snippet: "daypass exec lake -- python3 train.py"}.check(t, anyProgram())
}
