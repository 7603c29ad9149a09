package tools

import "daypass/app/messages"

// gdal is GDAL and what is made with it: QGIS, rasterio, GeoPandas.
func gdal() Definition {
	return Definition{
		ID: "gdal", Name: "GDAL, rasterio, QGIS", Program: "gdalinfo", Commands: []string{"gdalinfo"}, Language: "sh", ValidityID: whileRunning,
		Snippet: func(s Setup) string {
			return ShellWord(s.Daypass) + " exec " + s.handle() + " -- gdalinfo /vsis3/BUCKET/picture.tif"
		},
		Notes: func(s Setup) []messages.Message {
			return append(replaceBucket(s), messages.Message{ID: "agent.tools.note.gdal", Args: map[string]string{"Name": s.handle()}})
		},
		Environment: Environment{
			Hosts: []string{"AWS_S3_ENDPOINT"},
			Settings: func(a Access) []Variable {
				return []Variable{{"AWS_HTTPS", choose(a.secure(), "YES", "NO")}, {"AWS_VIRTUAL_HOSTING", "FALSE"}}
			},
			Overrides: []string{"AWS_NO_SIGN_REQUEST", "CPL_AWS_CREDENTIALS_FILE", "CPL_AWS_EC2_API_ROOT_URL", "GDAL_HTTP_UNSAFESSL"},
		},
		Version: &Version{Args: []string{"--version"}, Pattern: `GDAL (\d[\d.]*)`},
	}
}
