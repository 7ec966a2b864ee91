import { Drawer } from 'antd';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useSpeech } from '../i18n/language.tsx';
import { useCurrentCity } from './current-city.ts';
import { Navigation } from './navigation.tsx';
import { Preferences } from './preferences.tsx';
import { writeSetting } from './settings.ts';
import { TopBar } from './top-bar.tsx';

/** The frame of every page: top bar, rail of stages (a drawer on narrow screens), and the page itself. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useSpeech();
  const { cityId, city } = useCurrentCity();
  const [menuOpen, setMenuOpen] = useState(false);

  useEffect(() => {
    if (city !== undefined) writeSetting('city', city.cityId);
  }, [city]);

  return (
    <div className="shell">
      <a className="skip-link" href="#main" onClick={focusMain}>
        {t.shell.skip}
      </a>
      <TopBar onMenu={() => setMenuOpen(true)} />
      <nav className="rail" aria-label={t.shell.mainNavigation}>
        <Navigation cityId={cityId} />
      </nav>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
      <Drawer placement="left" open={menuOpen} onClose={() => setMenuOpen(false)} title={t.product} size={280} className="menu-drawer">
        <nav aria-label={t.shell.mainNavigation}>
          <Navigation cityId={cityId} wide onNavigate={() => setMenuOpen(false)} />
        </nav>
        <Preferences />
      </Drawer>
    </div>
  );
}

/** A link to #main would replace the map's position in the address: only the focus moves. */
function focusMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
