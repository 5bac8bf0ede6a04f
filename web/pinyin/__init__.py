"""The kiosk's own pinyin dictionary: common characters and the phrases of our own texts, made here."""
