package servers

import "strings"

// names are objects whose names are hard to show, to sort or to save. MinIO takes every one of
// them; names that it refuses, such as those with the segment "..", need another server.
func names() []object {
	var objects []object
	for _, key := range []string{
		// Scripts of the world, composed and decomposed, and wide ones.
		"scripts/Grüße aus Köln.txt", "scripts/Grüße aus Köln (decomposed).txt", "scripts/Отчёт за март.txt",
		"scripts/قراءات.txt", "scripts/מדידות.txt", "scripts/測定結果.txt", "scripts/측정.txt", "scripts/मापन.txt",
		"scripts/μετρήσεις.txt", "scripts/👩‍🔬 field notes.txt", "scripts/Ⅷ ﬁle.txt",
		// Nothing that a URL or a shell leaves alone.
		"plain/space at end ", "plain/ space at start", "plain/a+b=c&d?e#f%20g.txt", "plain/50% off.txt", "plain/semi;colon,comma.txt",
		"plain/'single' \"double\" `back`.txt", "plain/$(touch pwned).txt", "plain/-rf", "plain/~", "plain/.hidden", "plain/no extension",
		// A download of these must stay in its folder and under a name that every system takes.
		"hostile/CON", "hostile/nul.txt", "hostile/COM1.log", "hostile/C:autoexec.bat", "hostile/C:\\Windows\\win.ini",
		"hostile/...", "hostile/ends with dot.", "hostile/a:b", "hostile/what*?.txt", "hostile/<b>pipe|.txt",
		// Invisible, reordering and line-breaking characters.
		"hostile/line\nbreak.txt", "hostile/tab\there.txt", "hostile/bell\a.txt", "hostile/escape\x1b[31mred.txt",
		"hostile/invoice\u202excod.exe", "hostile/zero\u200bwidth.txt", "hostile/\u2066isolated\u2069.txt", "hostile/\ufefffirst.txt",
		// Names that some file systems hold for one.
		"case/Report.txt", "case/report.txt", "case/REPORT.TXT",
		// As long as a segment, and as a whole key, may be.
		"long/" + strings.Repeat("n", 250), longKey(),
	} {
		objects = append(objects, object{key, text, "This object has an unusual name.\n"})
	}
	return objects
}

// longKey has 1,024 bytes, the most that S3 allows.
func longKey() string {
	return strings.Repeat(strings.Repeat("d", 99)+"/", 10) + strings.Repeat("e", 24)
}
