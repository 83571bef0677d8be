; Installer for Windows (Inno Setup 6): iscc /DVersion=0.1.0 packaging\windows\attrlens.iss
; Takes dist\attrlens as `python dev.py package` leaves it. For one person, without administrator rights, unless asked.
#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif

[Setup]
AppId={{6F5B8B1B-3C8C-4D5B-9B0F-6A0A5C1F7E11}
AppName=AttrLens
AppVersion={#Version}
AppVerName=AttrLens {#Version}
AppPublisher=The AttrLens team
DefaultDirName={autopf}\AttrLens
DefaultGroupName=AttrLens
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=attrlens-{#Version}-windows-setup
SetupIconFile=..\..\build\extra\attrlens.ico
UninstallDisplayIcon={app}\attrlens-window.exe
Compression=lzma2/normal
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
MinVersion=10.0.17763
ChangesAssociations=yes
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[CustomMessages]
en.OpenWith=Open with AttrLens
es.OpenWith=Abrir con AttrLens
en.SafeMode=AttrLens (safe mode)
es.SafeMode=AttrLens (modo seguro)

[Files]
Source: "..\..\dist\attrlens\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Parts of an older version that the new one does not have would be found by it.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\AttrLens"; Filename: "{app}\attrlens-window.exe"
Name: "{group}\{cm:SafeMode}"; Filename: "{app}\attrlens-window.exe"; Parameters: "--safe-mode"

[Registry]
; "Open with AttrLens" on folders; a catalog is a folder, too.
Root: HKA; Subkey: "Software\Classes\Directory\shell\AttrLens"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\AttrLens"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\attrlens-window.exe"
Root: HKA; Subkey: "Software\Classes\Directory\shell\AttrLens\command"; ValueType: string; ValueData: """{app}\attrlens-window.exe"" ""%1"""

[Run]
Filename: "{app}\attrlens-window.exe"; Description: "{cm:LaunchProgram,AttrLens}"; Flags: nowait postinstall skipifsilent
